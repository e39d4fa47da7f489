import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/package.ts'
import { folderWith, pem, qwac } from './support.ts'

const folder = folderWith({
  'qwac.pem': pem(qwac),
  'many.pem': pem(qwac).repeat(400),
  'evil.pem': `-----BEGIN constructor-----\nAAAA\n-----END constructor-----\n${pem(qwac)}`,
})

/** The command as a process of its own, from its sources. Slow to start: for what only a process can show. */
function psd2(command: string, env: Readonly<Record<string, string>> = {}, input?: Uint8Array) {
  const main = ['--import', 'tsx', join(root, 'src/cli/main.ts')].map((part) => `'${part}'`).join(' ')
  const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -o pipefail; psd2() { '${process.execPath}' ${main} "$@"; }; ${command}`],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...rest, ...env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.test.json'), FOLDER: folder },
      maxBuffer: 1 << 26,
      ...(input === undefined ? {} : { input }),
    },
  )
  return { status, stdout, stderr }
}

describe('psd2 as a process', () => {
  it('writes data to stdout, nothing to stderr, no emphasis into a pipe, and exits 0', () => {
    const { status, stdout, stderr } = psd2('psd2 inspect --at 2026-06-01 "$FOLDER/qwac.pem"')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('579 days left')
    expect(stdout).not.toContain('\u001b')
  })

  it('reads standard input, emphasises with --color always whatever NO_COLOR says, and exits 3 for a missing file', () => {
    const { status, stdout } = psd2(
      'psd2 inspect --color always - "$FOLDER/no.pem"',
      { NO_COLOR: '1' },
      Buffer.from(pem(qwac)),
    )
    expect(status).toBe(3)
    expect(stdout).toContain('\u001b[1m')
    expect(stdout).toContain('QWAC')
    expect(stdout).toContain('INPUT_NOT_FOUND')
  })

  it('ends quietly where the reader of the pipe has seen enough', () => {
    const { stdout, stderr } = psd2('psd2 inspect --format ndjson "$FOLDER/many.pem" "$FOLDER/many.pem" | head -1')
    expect(stderr).toBe('')
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'QWAC' })
  })

  it('writes all of a long output before it ends', () => {
    const { status, stdout } = psd2('psd2 inspect --format ndjson "$FOLDER/many.pem" | cat')
    expect(status).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(400)
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) as string)).toMatchObject({ index: 399 })
  })

  it('exits 2 for wrong use, without a stack', () => {
    const { status, stdout, stderr } = psd2('psd2 constructor')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain("unknown command 'constructor'")
    expect(stderr).not.toMatch(/\n\s+at /)
  })
})
