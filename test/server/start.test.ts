import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../support/package.ts'

it('npm start tells the whole story and ends by itself', async () => {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { cwd: root })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const titles = [...out.matchAll(/^--- ([A-Z][a-z]+)/gm)].map(([, word]) => word)
  expect(titles).toEqual([
    'Mint',
    'Audit',
    'Start',
    'Token',
    'Register',
    'Register',
    'Read',
    'Rotate',
    'Remove',
    'Done',
  ])
  expect(out).toMatch(/201, client_id PSDFR-ACPR-12345-[0-9A-F]{18}\n.*201, client_id \S+, AGTFR-ACPR-12345001/s)
  expect(out).toContain('reading it now: 404')
  expect(out).not.toMatch(/PRIVATE KEY|[Bb]earer/)
}, 120_000)
