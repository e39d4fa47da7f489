import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginsWithRecord, readRecord, recordItems } from '../../src/batch/records.ts'
import { Psd2Error } from '../../src/core/errors.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

async function read(parts: readonly Uint8Array[]) {
  async function* stream() {
    yield* parts
  }
  const items: { place: string; text?: string; code?: string }[] = []
  for await (const item of recordItems('-', stream())) {
    if ('record' in item) items.push({ place: item.place, text: new TextDecoder().decode(item.record) })
    else if ('error' in item) items.push({ place: item.place, code: item.error.code })
  }
  return items
}

describe('a stream of records', () => {
  it('is cut into lines, wherever its parts end', async () => {
    const line = fc.string().map((text) => text.replaceAll('\n', ''))
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat(200)), async (lines, cuts) => {
        const bytes = encode(lines.map((each) => `${each}\n`).join(''))
        const places = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b)
        const parts = [0, ...places].map((start, index) => bytes.subarray(start, [...places, bytes.length][index]))
        const wanted = lines
          .map((text, index) => ({ place: `line ${index + 1}`, text }))
          .filter(({ text }) => /[^ \r\t]/.test(text))
        expect(await read(parts)).toEqual(wanted)
      }),
    )
  })

  it('needs no line break at its end', async () => {
    expect(await read([encode('a\nb')])).toEqual([
      { place: 'line 1', text: 'a' },
      { place: 'line 2', text: 'b' },
    ])
  })

  it('keeps nothing of a line that is too long, and goes on behind it', async () => {
    const long = Array.from({ length: 40 }, () => new Uint8Array(1 << 16).fill(0x61))
    expect(await read([encode('a\n'), ...long, encode('\nb\n')])).toEqual([
      { place: 'line 1', text: 'a' },
      { place: 'line 2', code: 'RECORD_TOO_LONG' },
      { place: 'line 3', text: 'b' },
    ])
  })
})

describe('a record', () => {
  const refusal = (text: string): string => {
    try {
      readRecord(encode(text))
    } catch (error) {
      if (error instanceof Psd2Error) return error.code
      throw error
    }
    return 'accepted'
  }

  it('has an id and the certificate in base64', () => {
    expect(readRecord(encode('{"id":"a","der":"MAA=","more":[{}]}'))).toEqual({ id: 'a', der: Uint8Array.of(0x30, 0) })
    expect(readRecord(encode('{"der":"MAA=","id":12}')).id).toBe('12')
  })

  it.each([
    ['that is a list', '[]', 'RECORD_SHAPE'],
    ['that is null', 'null', 'RECORD_SHAPE'],
    ['without an id', '{"der":"MAA="}', 'RECORD_ID'],
    ['whose id is null', '{"id":null,"der":"MAA="}', 'RECORD_ID'],
    ['without der', '{"id":"a"}', 'RECORD_DER'],
    ['whose der is a list', '{"id":"a","der":[48]}', 'RECORD_DER'],
    ['whose der is no base64', '{"id":"a","der":"MAA"}', 'BASE64_PADDING'],
    ['with two der', '{"id":"a","der":"MAA=","der":"MAA="}', 'JSON_MEMBER_TWICE'],
    ['whose der is too long', `{"id":"a","der":"${'A'.repeat(1_500_000)}"}`, 'RECORD_TOO_LONG'],
  ])('%s is refused', (_, text, code) => {
    expect(refusal(text)).toBe(code)
  })
})

describe('what a stream begins with', () => {
  it.each([
    ['{"id":"a","der":"MAA="}\n', true],
    ['{"id":"a","der":"MAA', true],
    [' { "der" : "MAA', true],
    ['{"keys":[]}', false],
    ['{"kty":"RSA","x5c":["MAA="]}', false],
    ['-----BEGIN CERTIFICATE-----\n', false],
    ['', false],
  ])('%j is a record: %s', (text, expected) => {
    expect(beginsWithRecord(encode(text))).toBe(expected)
  })
})
