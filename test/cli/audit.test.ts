import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../src/core/audit-report.ts'
import { folderWith, pem, psd2, qsealc, qwac } from './support.ts'

const folder = folderWith({
  'qwac.pem': pem(qwac),
  'qsealc.der': qsealc,
  'key.pem': `-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n${pem(qwac)}`,
  'junk.der': new Uint8Array([...qwac, 0]),
})
const file = (name: string): string => join(folder, name)
const reports = (out: string): AuditReport[] => (JSON.parse(out) as { reports: AuditReport[] }).reports

describe('psd2 audit', () => {
  it('writes text by default', async () => {
    const { code, out, err } = await psd2(['audit', file('qwac.pem')])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`${file('qwac.pem')} (line 1)  PASS  QWAC`)
    expect(out).toContain('trust: not checked')
  })

  it('writes JSON as one object with a report a certificate', async () => {
    const { code, out, err } = await psd2([
      'audit',
      '--format',
      'json',
      '--at',
      '2026-06-01',
      file('qwac.pem'),
      file('qsealc.der'),
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const value = JSON.parse(out)
    expect(value).toMatchObject({
      schemaVersion: '1.0',
      tool: { name: 'psd2-toolkit', version: '1.2.3' },
      at: '2026-06-01T00:00:00.000Z',
    })
    expect(reports(out).map(({ source, kind, verdict, trust }) => [source, kind, verdict, trust])).toEqual([
      [file('qwac.pem'), 'QWAC', 'pass', 'not-checked'],
      [file('qsealc.der'), 'QSealC', 'pass', 'not-checked'],
    ])
  })

  it('gives what cannot be read a report of its own, goes on, and exits 3', async () => {
    const { code, out } = await psd2(['audit', '--format', 'json', file('junk.der'), file('none'), file('qwac.pem')])
    expect(code).toBe(3)
    expect(reports(out).map(({ verdict, findings }) => [verdict, findings[0]?.severity])).toEqual([
      ['unreadable', 'fatal'],
      ['unreadable', 'fatal'],
      ['pass', undefined],
    ])
  })

  it('reports the certificate beside a private key, and shows nothing of the key', async () => {
    const { code, out, err } = await psd2(['audit', '--format', 'json', file('key.pem')])
    expect(code).toBe(3)
    expect(reports(out).map(({ verdict }) => verdict)).toEqual(['unreadable', 'pass'])
    expect(out).toContain('INPUT_PRIVATE_KEY')
    expect(out + err).not.toContain('c2VjcmV0')
  })
})
