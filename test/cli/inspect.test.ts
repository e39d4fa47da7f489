import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authority, folderWith, pem, psd2, qsealc, qwac, records } from './support.ts'

const folder = folderWith({
  'qwac.pem': pem(qwac),
  'qsealc.der': qsealc,
  'bundle.pem': pem(qwac) + pem(authority),
  'key.pem': `-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n${pem(qwac)}`,
  'chain.json': JSON.stringify({ keys: [{ x5c: [Buffer.from(qsealc).toString('base64')] }] }),
  'broken.pem': pem(qwac).replace('END', 'UND'),
  'junk.der': new Uint8Array([...qwac, 0]),
  'empty.pem': '',
  'notes.txt': 'no certificate',
})
const file = (name: string): string => join(folder, name)

describe('psd2 inspect', () => {
  it('writes text by default, counted from now', async () => {
    const { code, out, err } = await psd2(['inspect', file('qwac.pem')])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`${file('qwac.pem')} (line 1)  QWAC`)
    expect(out).toContain('579 days left')
  })

  it('counts validity from --at', async () => {
    for (const [at, says] of [
      ['2027-12-31', '1 day left'],
      ['2025-12-31T00:00:00Z', 'begins in 1 day'],
      ['2028-01-03T02:00:00+02:00', 'ended 2 days ago'],
    ] as const) {
      expect((await psd2(['inspect', '--at', at, file('qwac.pem')])).out).toContain(says)
    }
  })

  it('writes JSON as one array', async () => {
    const { code, out, err } = await psd2(['inspect', '--format', 'json', file('qwac.pem'), file('qsealc.der')])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(records(out)).toEqual([
      { source: file('qwac.pem'), index: 0, place: 'line 1', kind: 'QWAC' },
      { source: file('qsealc.der'), index: 0, place: '', kind: 'QSealC' },
    ])
  })

  it('writes JSON as an array even of one', async () => {
    const { out } = await psd2(['inspect', '--format=json', file('qwac.pem')])
    expect(records(out)).toHaveLength(1)
  })

  it('writes NDJSON, one line each, the same records', async () => {
    const inputs = [file('bundle.pem'), file('broken.pem'), file('chain.json')]
    const lines = await psd2(['inspect', '--format', 'ndjson', ...inputs])
    const array = await psd2(['inspect', '--format', 'json', ...inputs])
    expect(lines.out.endsWith('\n')).toBe(true)
    const list = lines.out.trimEnd().split('\n')
    expect(list).toHaveLength(4)
    expect(list.map((line) => JSON.parse(line))).toEqual(JSON.parse(array.out))
    expect([lines.code, array.code]).toEqual([3, 3])
  })

  it('counts certificates from 0 in each source', async () => {
    const { out } = await psd2([
      'inspect',
      '--format',
      'json',
      file('bundle.pem'),
      file('bundle.pem'),
      file('chain.json'),
    ])
    expect(records(out).map(({ index, place }) => [index, place])).toEqual([
      [0, 'line 1'],
      [1, `line ${pem(qwac).split('\n').length}`],
      [0, 'line 1'],
      [1, `line ${pem(qwac).split('\n').length}`],
      [0, '/keys/0/x5c/0'],
    ])
  })

  it('reports the good inputs beside a bad one, and exits 3', async () => {
    const inputs = ['qwac.pem', 'missing.pem', 'junk.der', 'empty.pem', 'qsealc.der'].map(file)
    const { code, out } = await psd2(['inspect', '--format', 'json', ...inputs])
    expect(code).toBe(3)
    expect(records(out).map(({ source, kind, code: error }) => [source, kind ?? error])).toEqual([
      [file('qwac.pem'), 'QWAC'],
      [file('missing.pem'), 'INPUT_NOT_FOUND'],
      [file('junk.der'), 'DER_TRAILING_DATA'],
      [file('empty.pem'), 'INPUT_EMPTY'],
      [file('qsealc.der'), 'QSealC'],
    ])
    const text = await psd2(['inspect', ...inputs])
    expect(text.code).toBe(3)
    for (const input of inputs) expect(text.out).toContain(input)
  })

  it('reports the certificate beside a private key, shows nothing of the key, and exits 3', async () => {
    for (const format of ['text', 'json', 'ndjson']) {
      const { code, out, err } = await psd2(['inspect', '--format', format, file('key.pem')])
      expect(code).toBe(3)
      expect(out).toContain('INPUT_PRIVATE_KEY')
      expect(out).toContain('QWAC')
      expect(out + err).not.toContain('c2VjcmV0')
    }
  })

  it('reads standard input', async () => {
    const { code, out } = await psd2(['inspect', '--format', 'json', '-'], pem(qwac) + pem(authority))
    expect(code).toBe(0)
    expect(records(out).map(({ source, index, kind }) => [source, index, kind])).toEqual([
      ['-', 0, 'QWAC'],
      ['-', 1, 'CA'],
    ])
    expect(records((await psd2(['inspect', '--format', 'json', '-'], qsealc)).out)[0]?.kind).toBe('QSealC')
    const empty = await psd2(['inspect', '--format', 'json', '-'])
    expect(empty.code).toBe(3)
    expect(records(empty.out)).toEqual([{ source: '-', index: 0, place: '', code: 'INPUT_EMPTY' }])
  })

  it('emphasises with --color always, and not with never', async () => {
    const start = '\u001b['
    expect((await psd2(['inspect', '--color', 'always', file('qwac.pem')])).out).toContain(start)
    expect((await psd2(['inspect', '--color', 'never', file('qwac.pem')])).out).not.toContain(start)
    expect((await psd2(['inspect', file('qwac.pem')])).out).not.toContain(start)
    const json = await psd2(['inspect', '--color', 'always', '--format', 'json', file('qwac.pem')])
    expect(json.out).not.toContain(start)
  })

  it('says the same with emphasis and without', async () => {
    const always = await psd2(['inspect', '--color', 'always', file('bundle.pem'), file('broken.pem')])
    const never = await psd2(['inspect', '--color', 'never', file('bundle.pem'), file('broken.pem')])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be taken away
    expect(always.out.replaceAll(/\u001b\[\d+m/g, '')).toBe(never.out)
  })

  it('takes what follows -- for inputs', async () => {
    const { code, out } = await psd2(['inspect', '--format', 'json', '--', '--format'])
    expect(code).toBe(3)
    expect(records(out)).toEqual([{ source: '--format', index: 0, place: '', code: 'INPUT_NOT_FOUND' }])
  })
})

describe('folders', () => {
  const tree = folderWith({
    'b/inner/qsealc.CER': pem(qsealc),
    'b/qwac.pem': pem(qwac),
    'a.der': authority,
    'b/readme.txt': pem(qwac),
    'b/key.key': 'x',
    '.hidden/qwac.crt': pem(qwac),
    'odd [name]/q{1}.pem': pem(qwac),
    'empty/readme.txt': 'nothing',
  })

  it('are searched to the bottom for the usual endings, in a fixed order', async () => {
    const { code, out } = await psd2(['inspect', '--format', 'json', tree])
    expect(code).toBe(0)
    expect(records(out).map(({ source, kind }) => [source.slice(tree.length), kind])).toEqual([
      ['/.hidden/qwac.crt', 'QWAC'],
      ['/a.der', 'CA'],
      ['/b/inner/qsealc.CER', 'QSealC'],
      ['/b/qwac.pem', 'QWAC'],
      ['/odd [name]/q{1}.pem', 'QWAC'],
    ])
    expect((await psd2(['inspect', '--format', 'json', `${tree}/`])).out).toBe(out)
  })

  it('without such files are an error that names the endings', async () => {
    const { code, out } = await psd2(['inspect', join(tree, 'empty')])
    expect(code).toBe(3)
    expect(out).toContain('INPUT_FOLDER_EMPTY')
    expect(out).toContain('pem')
    expect(out).toContain(join(tree, 'empty'))
  })

  it('with odd characters in their names are folders all the same', async () => {
    const { out } = await psd2(['inspect', '--format', 'json', join(tree, 'odd [name]')])
    expect(records(out).map(({ kind }) => kind)).toEqual(['QWAC'])
  })

  it('named like files are folders all the same', async () => {
    mkdirSync(join(tree, 'folder.pem'))
    writeFileSync(join(tree, 'folder.pem', 'x.pem'), pem(qwac))
    const { out } = await psd2(['inspect', '--format', 'json', join(tree, 'folder.pem')])
    expect(records(out)).toHaveLength(1)
  })
})

describe('patterns', () => {
  const tree = folderWith({
    'one.pem': pem(qwac),
    'two.pem': pem(qsealc),
    'three.txt': pem(authority),
    'sub/four.pem': pem(authority),
    'star*.pem': pem(qsealc),
    'set[1].pem': pem(authority),
    'set1.pem': pem(qwac),
  })
  const sources = async (pattern: string): Promise<string[]> =>
    records((await psd2(['inspect', '--format', 'json', `${tree}/${pattern}`])).out).map(({ source }) =>
      source.slice(source.lastIndexOf('/') + 1),
    )

  it('name files, in a fixed order', async () => {
    expect(await sources('{two,one}.pem')).toEqual(['one.pem', 'two.pem'])
    expect(await sources('*.txt')).toEqual(['three.txt'])
    expect(await sources('**/four.pem')).toEqual(['four.pem'])
    expect(await sources('t*o.p?m')).toEqual(['two.pem'])
  })

  it('are no patterns where a file has that very name', async () => {
    expect(await sources('star*.pem')).toEqual(['star*.pem'])
    expect(await sources('set[1].pem')).toEqual(['set[1].pem'])
  })

  it('without a file are an error', async () => {
    const { code, out } = await psd2(['inspect', '--format', 'json', `${tree}/*.der`])
    expect(code).toBe(3)
    expect(records(out)).toEqual([{ source: `${tree}/*.der`, index: 0, place: '', code: 'INPUT_NOT_FOUND' }])
  })
})

describe('files that cannot be read', () => {
  const tree = folderWith({ 'qwac.pem': pem(qwac), 'large.der': '' })
  const codeOf = async (name: string): Promise<string | undefined> => {
    const { code, out } = await psd2(['inspect', '--format', 'json', name])
    expect(code).toBe(3)
    return records(out)[0]?.code
  }

  it('because there are none', async () => {
    expect(await codeOf(join(tree, 'missing.pem'))).toBe('INPUT_NOT_FOUND')
    expect(await codeOf('')).toBe('INPUT_NOT_FOUND')
  })

  it('because the system says so', async () => {
    symlinkSync('loop.pem', join(tree, 'loop.pem'))
    expect(await codeOf(join(tree, 'loop.pem'))).toBe('INPUT_UNREADABLE')
    expect(await codeOf(join(tree, 'qwac.pem', 'inner.pem'))).toBe('INPUT_UNREADABLE')
    expect(await codeOf('a\0b')).toBe('INPUT_UNREADABLE')
    expect(await codeOf('x'.repeat(5000))).toBe('INPUT_UNREADABLE')
  })

  it('because they are too large: 100 MB of zeros are not even opened', async () => {
    truncateSync(join(tree, 'large.der'), 100_000_000)
    const start = performance.now()
    const { code, out } = await psd2(['inspect', join(tree, 'large.der')])
    expect(performance.now() - start).toBeLessThan(2000)
    expect(code).toBe(3)
    expect(out).toContain('INPUT_TOO_LARGE')
    expect(out).toContain('96 MiB')
  })

  it('because they are too large, on standard input too', async () => {
    const { code, out } = await psd2(['inspect', '--format', 'json', '-'], new Uint8Array((64 << 20) + 1))
    expect(code).toBe(3)
    expect(records(out)[0]?.code).toBe('INPUT_TOO_LARGE')
  })

  it('never stop the others, nor show control characters of a name', async () => {
    const { out } = await psd2(['inspect', 'no\u001b[31m\u202e', join(tree, 'qwac.pem')])
    expect(out).toContain('no\\u{1b}[31m\\u{202e}')
    expect(out).toContain('QWAC')
  })
})
