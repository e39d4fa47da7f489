import fc from 'fast-check'
import { Psd2Error } from 'psd2-toolkit/core'
import { readTrustedList } from 'psd2-toolkit/lists'
import type { VerifiedList } from 'psd2-toolkit/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { qualification } from '../../vectors/trusted-lists/make/list.ts'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { seal, signed, web } from '../../vectors/trusted-lists/make/vector.ts'

const at = new Date('2026-06-01T00:00:00Z')
const operator = [certificate(signers.national.certificate)]
const text = signed({
  services: [
    { ...web, status: 'withdrawn', from: '2026-03-01T00:00:00Z', history: [web] },
    { ...seal, extensions: qualification(['NotQualified'], '<ecc:CriteriaList assert="none"/>') },
  ],
})

const read = (xml: string): Promise<VerifiedList> =>
  readTrustedList(new TextEncoder().encode(xml), { signers: operator, at })

/** What the list says, without the certificate that signed it. */
const said = ({ signer: _, ...list }: VerifiedList) => list

let sound: ReturnType<typeof said>
beforeAll(async () => {
  sound = said(await read(text))
  expect(sound.services.map(({ statuses }) => statuses[0]?.status)).toEqual(['withdrawn', 'granted'])
})

/** Whatever was done to the file: it is refused as bad input, or it says exactly what was signed. */
async function holds(xml: string): Promise<'refused' | 'same'> {
  let list: VerifiedList
  try {
    list = await read(xml)
  } catch (error) {
    if (error instanceof Psd2Error) return 'refused'
    throw error
  }
  expect(said(list)).toEqual(sound)
  return 'same'
}

const place = fc.nat(text.length)
const starts = [...text.matchAll(/</g)].map(({ index }) => index)
/** Where markup begins: cuts there keep the text well-formed more often. */
const start = fc.constantFrom(...starts, text.length)
const elements = [...text.matchAll(/<([A-Za-z:]+)[^>]*>[^<]*<\/\1>/g)].map(([element]) => element)
const pieces = [
  ...new Set(elements.map((element) => element.replace(/>[^<]{60,}</, '><'))),
  '<!-- -->',
  '<![CDATA[]]>',
  '<?x ?>',
  '&#32;',
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
  '<TSPService/>',
  '<Extension Critical="false"/>',
  ' Id="properties"',
  ' ',
]

describe('a signed list', () => {
  it('says what was signed or nothing, whichever characters are changed', async () => {
    const change = fc.record({
      at: place,
      cut: fc.nat(3),
      put: fc.constantFrom('', ' ', 'a', '0', '<', '>', '&', '"', '/', '\n', 'é', '<a/>', '<!---->'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
        await holds(
          changes.reduce((xml, { at: from, cut, put }) => xml.slice(0, from) + put + xml.slice(from + cut), text),
        )
      }),
      { numRuns: 250 },
    )
  }, 60_000)

  it('says what was signed or nothing, whatever is put between its elements', async () => {
    const met = new Set<string>()
    await fc.assert(
      fc.asyncProperty(start, fc.constantFrom(...pieces), async (from, piece) => {
        met.add(await holds(text.slice(0, from) + piece + text.slice(from)))
      }),
      { numRuns: 150 },
    )
    // Comments and what stands in the signature beside what is signed change nothing.
    expect([...met].sort()).toEqual(['refused', 'same'])
  }, 60_000)

  it('says what was signed or nothing, whatever part of it is moved, doubled or left out', async () => {
    await fc.assert(
      fc.asyncProperty(start, start, start, fc.boolean(), async (from, to, target, keeps) => {
        const [low, high] = from < to ? [from, to] : [to, from]
        const part = text.slice(low, high)
        const rest = keeps ? text : text.slice(0, low) + text.slice(high)
        await holds(rest.slice(0, target) + part + rest.slice(target))
      }),
      { numRuns: 400 },
    )
  })
})
