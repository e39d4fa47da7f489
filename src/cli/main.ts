#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { run } from './run.ts'
import { choosePaint, readStdin, readStdinChunks } from './terminal.ts'

/** A reader that has seen enough, such as head, closes the pipe: that is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`error: the output cannot be written (${error.code})\n`)
  process.exit(4)
})

const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

process.exitCode = await run(process.argv.slice(2), version, {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  stdin: readStdin,
  stdinStream: () => process.stdin,
  now: () => new Date(),
  paint: choosePaint('auto'),
  exit: () => undefined,
  stdinChunks: readStdinChunks,
  write: (data) =>
    new Promise((resolve) => {
      if (process.stdout.write(data)) resolve()
      else process.stdout.once('drain', resolve)
    }),
  ...(process.stderr.isTTY ? { progress: (line: string) => void process.stderr.write(`\r\u001b[2K${line}`) } : {}),
  onInterrupt: (stop) => {
    const interrupt = () => {
      stop()
      process.stdin.destroy()
    }
    // A second time ends the process, as if nobody listened.
    process.once('SIGINT', interrupt)
    return () => void process.off('SIGINT', interrupt)
  },
})
