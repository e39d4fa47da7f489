import { describe, expect, it } from 'vitest'
import { combineExitCodes } from '../../src/cli/exit-codes.ts'
import { psd2 } from './support.ts'

describe('exit codes', () => {
  it.each([
    [[], 0],
    [[0], 0],
    [[1], 1],
    [[3, 1], 3],
    [[1, 3, 5], 5],
    [[5, 4, 3, 1], 4],
    [[1, 3, 5, 4, 2], 2],
    [[3, 3], 3],
  ])('of %j is %i', (codes, combined) => {
    expect(combineExitCodes(codes)).toBe(combined)
  })
})

describe('psd2', () => {
  it('without a command says how it is used, and exits 2', async () => {
    const { code, out, err } = await psd2([])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('Usage: psd2')
  })

  it.each([['--help'], ['-h'], ['help']])('%s says how it is used, and exits 0', async (option) => {
    const { code, out, err } = await psd2([option])
    expect(code).toBe(0)
    expect(err).toBe('')
    for (const word of ['Usage: psd2', 'inspect', 'x5t', 'mint', 'csr', 'Exit codes']) expect(out).toContain(word)
  })

  it.each([['--version'], ['-V']])('%s gives the version', async (option) => {
    expect(await psd2([option])).toEqual({ code: 0, out: '1.2.3\n', err: '' })
  })

  it.each(['inspect', 'x5t'])('help of %s', async (command) => {
    const { code, out, err } = await psd2([command, '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`Usage: psd2 ${command}`)
    expect((await psd2(['help', command])).out).toBe(out)
  })
})

describe('wrong use exits 2, says why on stderr and writes nothing', () => {
  const uses: Readonly<Record<string, [args: string[], ...says: string[]]>> = {
    'an unknown command': [['inspct', 'x'], "unknown command 'inspct'", 'inspect'],
    'a command that nobody meant': [['frobnicate'], "unknown command 'frobnicate'"],
    'a command with the name of a member of every object': [['constructor'], "unknown command 'constructor'"],
    'another of those': [['toString', 'x'], "unknown command 'toString'"],
    'and another': [['__proto__'], "unknown command '__proto__'"],
    'an unknown option': [['inspect', '--formt', 'json', 'x'], "unknown option '--formt'", '--format'],
    'an unknown option of x5t': [['x5t', '--indx', '0', 'x'], "unknown option '--indx'", '--index'],
    'an option of no command': [['--format', 'json'], "unknown option '--format'"],
    'an unknown format': [['inspect', '--format', 'xml', 'x'], 'xml', 'text, json, ndjson'],
    'a format without its value': [['inspect', 'x', '--format'], '--format'],
    'a time that is none': [['inspect', '--at', 'yesterday', 'x'], 'yesterday', '2026-01-31T12:00:00Z'],
    'a day that its month lacks': [['inspect', '--at', '2026-02-30', 'x'], '2026-02-30'],
    'a time without a zone': [['inspect', '--at', '2026-02-20T12:00:00', 'x'], '2026-02-20T12:00:00'],
    'a colour that is none': [['inspect', '--color', 'blue', 'x'], 'blue', 'auto, always, never'],
    'inspect without input': [['inspect'], "missing required argument 'input'"],
    'x5t without input': [['x5t'], "missing required argument 'input'"],
    'x5t with two inputs': [['x5t', 'a', 'b'], 'too many arguments'],
    'an index that is no number': [['x5t', '--index', 'first', 'x'], 'first', 'number from 0'],
    'an index under 0': [['x5t', '--index', '-1', 'x'], '-1'],
    'an index with a point': [['x5t', '--index', '1.0', 'x'], '1.0'],
  }
  it.each(Object.entries(uses))('%s', async (_, [args, ...says]) => {
    const { code, out, err } = await psd2(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    for (const text of says) expect(err).toContain(text)
    expect(err).toMatch(/^error: /)
    expect(err).not.toMatch(/\n\s+at /)
  })
})
