import { beforeAll, describe, expect, it } from 'vitest'
import { checkExamples, type Example, exampleFiles, extractExamples, readExamples } from './support/examples.ts'

describe('the examples in docstrings and documents', () => {
  const examples = exampleFiles().flatMap(readExamples)
  let complaints: Map<Example, string[]>
  beforeAll(() => {
    complaints = checkExamples(examples)
  }, 30_000)

  it('are found', () => {
    expect(examples.map(({ file }) => file)).toContain('src/core/errors.ts')
  })

  const rows = examples.map((example) => [`${example.file}:${example.line}`, example] as const)
  it.each(rows)('compile: %s', (_, example) => {
    expect(complaints.get(example)).toEqual([])
  })
})

describe('the extraction', () => {
  it('reads docstrings, keeping indentation and empty lines', () => {
    const text = ['/**', ' * ```ts', ' * if (a) {', ' *   b()', ' *', ' * }', ' * ```', ' */'].join('\n')
    expect(extractExamples('src/a.ts', text)).toEqual([{ file: 'src/a.ts', line: 3, code: 'if (a) {\n  b()\n\n}' }])
  })

  it('reads documents, with blocks in lists, and leaves other languages alone', () => {
    const text = ['```sh', 'npm ci', '```', '- a list', '  ```ts', '  a()', '    b()', '  ```'].join('\n')
    expect(extractExamples('README.md', text)).toEqual([{ file: 'README.md', line: 6, code: 'a()\n  b()' }])
  })

  it('refuses a block without an end', () => {
    expect(() => extractExamples('README.md', '```ts\na()')).toThrow('README.md:1 the block is not closed')
  })
})

describe('the check', () => {
  it('names file and line of what does not compile, block by block', () => {
    const wrong = { file: 'README.md', line: 10, code: `const x = 1\nconst y: string = x` }
    const unknown = { file: 'docs/a.md', line: 3, code: `import { nothing } from 'psd2-toolkit/core'` }
    const broken = { file: 'docs/a.md', line: 20, code: 'const = 1' }
    const right = {
      file: 'docs/b.md',
      line: 1,
      code: `import { Psd2Error } from 'psd2-toolkit/core'\nconst x = Psd2Error`,
    }
    const complaints = checkExamples([wrong, unknown, broken, right])
    expect(complaints.get(wrong)).toEqual([expect.stringContaining('README.md:11 Type ')])
    expect(complaints.get(unknown)).toEqual([expect.stringContaining('docs/a.md:3 ')])
    expect(complaints.get(broken)?.[0]).toContain('docs/a.md:20 ')
    expect(complaints.get(right)).toEqual([])
  })
})
