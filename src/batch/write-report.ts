import type { AuditClosing, AuditTally } from '../core/audit-run.ts'
import type { FormatWriter } from '../report/audit/format.ts'
import { auditFormats } from '../report/audit/formats.ts'
import { worstPages } from '../report/audit/html/collect.ts'
import { htmlDocument } from '../report/audit/html/document.ts'
import type { HtmlPage } from '../report/audit/html/section.ts'
import { addTally, emptyTally } from '../report/audit/tally.ts'
import type { ReadyJob } from './job.ts'
import type { BatchPart } from './run.ts'

/** Puts the parts of a run together and writes them. */
export interface ReportWriter {
  readonly begin: () => Promise<void>
  readonly add: (part: BatchPart) => Promise<void>
  readonly end: (closing: Omit<AuditClosing, 'tally'>) => Promise<void>
  /** Sums of what was added. */
  readonly tally: AuditTally
}

type Write = (data: string | Uint8Array) => Promise<void>

export function reportWriter({ run, job }: ReadyJob, write: Write): ReportWriter {
  const tally = emptyTally()
  return job.format === 'html' ? documentWriter() : streamWriter(auditFormats[job.format](run, job))

  function streamWriter(format: FormatWriter): ReportWriter {
    let written = false
    return {
      tally,
      begin: () => write(format.head()),
      add: async ({ text, tally: part }) => {
        addTally(tally, part)
        if (text.length === 0) return
        if (written && format.between !== '') await write(format.between)
        written = true
        await write(text)
      },
      end: (closing) => write(format.tail({ ...closing, tally })),
    }
  }

  function documentWriter(): ReportWriter {
    let pages: HtmlPage[] = []
    return {
      tally,
      begin: async () => undefined,
      add: async (part) => {
        addTally(tally, part.tally)
        pages = worstPages([...pages, ...part.pages])
      },
      end: async (closing) => {
        for (const text of htmlDocument(pages, { ...closing, tally }, run)) await write(text)
      },
    }
  }
}
