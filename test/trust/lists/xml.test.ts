import fc from 'fast-check'
import { Psd2Error } from 'psd2-toolkit/core'
import { describe, expect, it } from 'vitest'
import { defaultListLimits, withListLimits } from '../../../src/trust/lists/limits.ts'
import { decodeXml, parseXml, type XmlElement } from '../../../src/trust/lists/xml.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The code that a run is refused with. */
function refusal(run: () => unknown): string {
  try {
    run()
    return 'read'
  } catch (error) {
    if (error instanceof Psd2Error) return error.code
    throw error
  }
}

describe('decodeXml', () => {
  const others: Readonly<Record<string, readonly [detail: RegExp, bytes: Uint8Array]>> = {
    nothing: [/it is empty/, octets('')],
    'a PDF': [/PDF/, octets('%PDF-1.7')],
    PEM: [/PEM/, octets('-----BEGIN CERTIFICATE-----')],
    'a page': [/HTML/, octets('\n<!DOCTYPE html><html>')],
    'a page without a document type': [/HTML/, octets('<html lang="en">')],
    JSON: [/JSON/, octets(' {"error": 404}')],
    'a ZIP archive': [/ZIP/, Uint8Array.of(0x50, 0x4b, 3, 4)],
    gzip: [/compressed/, Uint8Array.of(0x1f, 0x8b, 8, 0)],
    DER: [/DER/, Uint8Array.of(0x30, 0x82, 1, 2)],
  }
  it.each(Object.entries(others))('tells %s', (_, [detail, bytes]) => {
    expect(refusal(() => decodeXml(bytes))).toBe('XML_NOT_XML')
    expect(() => decodeXml(bytes)).toThrow(detail)
  })

  it('takes UTF-8 with and without a byte order mark, and nothing else', () => {
    expect(decodeXml(octets('<a>é</a>'))).toBe('<a>é</a>')
    expect(decodeXml(octets('\ufeff<a/>'))).toBe('<a/>')
    expect(refusal(() => decodeXml(Uint8Array.of(0x3c, 0x61, 0xe9, 0x3e)))).toBe('XML_ENCODING')
    expect(refusal(() => decodeXml(Uint8Array.of(0xff, 0xfe, 0x3c, 0x00)))).toBe('XML_ENCODING')
  })

  it('has a cap on the size', () => {
    const bytes = octets('<a/>')
    expect(refusal(() => decodeXml(bytes, withListLimits({ size: 3 })))).toBe('LIMIT_LIST_SIZE')
    expect(decodeXml(bytes, withListLimits({ size: 4 }))).toBe('<a/>')
  })
})

describe('withListLimits', () => {
  it('refuses what is no limit', () => {
    expect(withListLimits(undefined)).toBe(defaultListLimits)
    expect(() => withListLimits({ octets: 1 } as never)).toThrow(TypeError)
    for (const size of [0, -1, 1.5, Number.NaN, '9']) expect(() => withListLimits({ size } as never)).toThrow(TypeError)
  })
})

describe('parseXml', () => {
  it('resolves prefixes, references and sections', () => {
    const root = parseXml(`<?xml version='1.0' encoding="utf-8" standalone="no"?>
      <!-- before --><p:a xmlns:p="urn:p" xmlns="urn:d" q='1"&lt;' p:q="&#x41;&#66;" xml:lang="fr">
        <b>x &amp; y</b><b xmlns=""/><p:b xmlns:p="urn:q"><![CDATA[<&>]]></p:b ><!-- - --></p:a><!-- after -->
    `)
    expect([root.name, root.namespace]).toEqual(['a', 'urn:p'])
    expect(root.attributes).toEqual([
      { name: 'q', namespace: '', value: '1"<' },
      { name: 'q', namespace: 'urn:p', value: 'AB' },
      { name: 'lang', namespace: 'http://www.w3.org/XML/1998/namespace', value: 'fr' },
    ])
    expect(root.children.map(({ name, namespace, text }) => [name, namespace, text])).toEqual([
      ['b', 'urn:d', 'x & y'],
      ['b', '', ''],
      ['b', 'urn:q', '<&>'],
    ])
  })

  const refused: Readonly<Record<string, readonly [code: string, text: string]>> = {
    'no element': ['XML_TRUNCATED', '  '],
    'text alone': ['XML_NOT_XML', 'hello'],
    'text before': ['XML_NOT_XML', 'x<a/>'],
    'text after': ['XML_SYNTAX', '<a/>x'],
    'two roots': ['XML_SYNTAX', '<a/><b/>'],
    'an open element': ['XML_TRUNCATED', '<a><b></b>'],
    'an open start tag': ['XML_TRUNCATED', '<a'],
    'an open attribute': ['XML_TRUNCATED', '<a b="c'],
    'an open end tag': ['XML_TRUNCATED', '<a></a'],
    'an open comment': ['XML_TRUNCATED', '<a><!-- '],
    'an open section': ['XML_TRUNCATED', '<a><![CDATA['],
    'an open declaration': ['XML_TRUNCATED', '<?xml version="1.0"'],
    'a name that ends': ['XML_TRUNCATED', '<a><'],
    'crossed tags': ['XML_SYNTAX', '<a><b></a></b>'],
    'a name that is none': ['XML_SYNTAX', '<a><1/></a>'],
    'an attribute without a value': ['XML_SYNTAX', '<a b/>'],
    'an attribute without quotes': ['XML_SYNTAX', '<a b=c/>'],
    'attributes without space': ['XML_SYNTAX', '<a b="1"c="2"/>'],
    'a < in an attribute': ['XML_SYNTAX', '<a b="<"/>'],
    'a slash without an end': ['XML_SYNTAX', '<a / >'],
    'a prefix alone': ['XML_SYNTAX', '<a:/>'],
    'a prefix before what is no name': ['XML_SYNTAX', '<a xml:1=""/>'],
    'two colons': ['XML_SYNTAX', '<a:b:c xmlns:a="urn:a"/>'],
    'two hyphens in a comment': ['XML_SYNTAX', '<a><!-- -- --></a>'],
    'a section before the root': ['XML_SYNTAX', '<![CDATA[x]]><a/>'],
    'markup of no kind': ['XML_SYNTAX', '<a><!x></a>'],
    'XML 1.1': ['XML_SYNTAX', '<?xml version="1.1"?><a/>'],
    'another encoding': ['XML_ENCODING', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    'a document type': ['XML_DOCTYPE', '<!DOCTYPE a><a/>'],
    'a document type inside': ['XML_DOCTYPE', '<a><!DOCTYPE a></a>'],
    'an entity declared': ['XML_DOCTYPE', '<!ENTITY a "b"><a/>'],
    'an instruction before': ['XML_INSTRUCTION', '<?x ?><a/>'],
    'an instruction that is nearly a declaration': ['XML_INSTRUCTION', '<?xml-stylesheet href="a"?><a/>'],
    'an instruction inside': ['XML_INSTRUCTION', '<a><?x ?></a>'],
    'a second declaration': ['XML_INSTRUCTION', '<a><?xml version="1.0"?></a>'],
    'a comment in a value': ['XML_COMMENT_IN_VALUE', '<a>x<!-- --></a>'],
    'a comment before a section': ['XML_COMMENT_IN_VALUE', '<a><!-- --><![CDATA[x]]></a>'],
    'an unknown entity': ['XML_ENTITY', '<a>&x;</a>'],
    'an entity of a prototype': ['XML_ENTITY', '<a>&constructor;</a>'],
    'an ampersand alone': ['XML_ENTITY', '<a>a & b</a>'],
    'a long reference': ['XML_ENTITY', '<a>&#00000000000000065;</a>'],
    'a control character': ['XML_CHARACTER', '<a>\u0001</a>'],
    'a control character by reference': ['XML_CHARACTER', '<a>&#1;</a>'],
    'half a surrogate by reference': ['XML_CHARACTER', '<a>&#xD800;</a>'],
    'a character beyond Unicode': ['XML_CHARACTER', '<a>&#x110000;</a>'],
    'an undeclared prefix': ['XML_PREFIX', '<p:a/>'],
    'an undeclared prefix of an attribute': ['XML_PREFIX', '<a p:b=""/>'],
    'a prefix that was taken back': ['XML_PREFIX', '<p:a xmlns:p="urn:p"><p:b xmlns:p=""/></p:a>'],
    'an attribute twice': ['XML_ATTRIBUTE_TWICE', '<a b="1" b="1"/>'],
    'an attribute twice by two prefixes': [
      'XML_ATTRIBUTE_TWICE',
      '<a xmlns:p="urn:p" xmlns:q="urn:p" p:b="1" q:b="2"/>',
    ],
    'a declaration twice': ['XML_ATTRIBUTE_TWICE', '<a xmlns:p="urn:p" xmlns:p="urn:q"/>'],
  }
  it.each(Object.entries(refused))('refuses %s', (_, [code, text]) => {
    expect(refusal(() => parseXml(text))).toBe(code)
  })

  it('has a cap on depth, elements and attributes', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    expect(refusal(() => parseXml(nested(defaultListLimits.depth)))).toBe('read')
    expect(refusal(() => parseXml(nested(defaultListLimits.depth + 1)))).toBe('LIMIT_LIST_DEPTH')
    expect(refusal(() => parseXml(nested(1_000_000)))).toBe('LIMIT_LIST_DEPTH')
    const wide = (count: number) => `<a>${'<b/>'.repeat(count)}</a>`
    expect(refusal(() => parseXml(wide(9), withListLimits({ elements: 10 })))).toBe('read')
    expect(refusal(() => parseXml(wide(10), withListLimits({ elements: 10 })))).toBe('LIMIT_LIST_ELEMENTS')
    const mixed = (count: number) => `<a>${'<b/><!-- --><![CDATA[]]>'.repeat(count)}</a>`
    expect(refusal(() => parseXml(mixed(3), withListLimits({ children: 9 })))).toBe('read')
    expect(refusal(() => parseXml(mixed(3), withListLimits({ children: 8 })))).toBe('LIMIT_LIST_CHILDREN')
    const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, i) => `a${i}=""`).join(' ')}/>`
    expect(refusal(() => parseXml(attributes(32)))).toBe('read')
    expect(refusal(() => parseXml(attributes(33)))).toBe('LIMIT_LIST_ATTRIBUTES')
  })

  it('reads back what was written', () => {
    const quote = (text: string) => text.replace(/[&<>"'\r\n\t]/g, (one) => `&#${one.charCodeAt(0)};`)
    const word = fc.stringMatching(/^[a-z_][a-z0-9._-]{0,8}$/)
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !/\p{Cc}|[\ufffe\uffff]/u.test(value))
    type Tree = { name: string; text: string; attribute: string; children: Tree[] }
    const node = (children: fc.Arbitrary<Tree[]>) => fc.record({ name: word, text, attribute: text, children })
    let tree: fc.Arbitrary<Tree> = node(fc.constant([]))
    for (let depth = 0; depth < 4; depth++) tree = node(fc.array(tree, { maxLength: 3 }))
    const write = ({ name, text: content, attribute, children }: Tree): string =>
      `<${name} a="${quote(attribute)}">${quote(content)}${children.map(write).join('')}</${name}>`
    const read = ({ name, text: content, attributes, children }: XmlElement): Tree => ({
      name,
      text: content,
      attribute: attributes[0]?.value ?? '',
      children: children.map(read),
    })
    fc.assert(
      fc.property(tree, (one) => {
        expect(read(parseXml(write(one)))).toEqual(one)
      }),
      { numRuns: 200 },
    )
  })

  it('refuses with an error of the library whatever it is given', () => {
    const parts = fc.constantFrom(
      '<a>',
      '</a>',
      '<',
      '>',
      '&',
      ';',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '"',
      '=',
      ' a',
      ':',
      'x',
      '/',
      '<!DOCTYPE',
      '&#',
      '\0',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
        refusal(() => parseXml(list.join('')))
      }),
      { numRuns: 2000 },
    )
  })
})
