import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyDigest } from 'psd2-toolkit/digest'
import { type HttpMessage, type HttpResponse, MemoryReplayStore } from 'psd2-toolkit/http'
import { createVerifier, type ProfileName, profileOf, verifyRequest, verifyResponse } from 'psd2-toolkit/signature'
import { describe, expect, it } from 'vitest'
import { readMessageFile } from '../src/cli/message-file.ts'
import { decodeBase64 } from '../src/core/base64.ts'
import { formatJson } from '../vectors/format-json.ts'
import { type HttpIndexEntry, httpVectors, idOf, indexEntry, messageFile } from '../vectors/http/make/index.ts'
import { at, type SealName, seals } from '../vectors/http/make/messages.ts'
import { vectorProfiles } from '../vectors/http/make/profiles.ts'
import { codeOf } from './signing/support.ts'
import { root } from './support/package.ts'

const folder = join(root, 'vectors/http')
const index: readonly HttpIndexEntry[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
const made = await httpVectors()

/** Families of the catalogue that no message on disk can show, and where they are shown. */
const elsewhere: Readonly<Record<string, string>> = {
  'SIG-37': 'the certificate of an agent is for the server to know: test/server',
  'DIG-08': 'names in any case are accepted: a control, not a refusal',
  'DIG-11': 'the octets are those before any content coding is undone: docs/signatures.md',
  'DIG-13': 'what is compared are octets: test/http/digest.test.ts',
}
const families = [
  ...Array.from({ length: 38 }, (_, i) => `SIG-${String(i + 1).padStart(2, '0')}`),
  ...Array.from({ length: 13 }, (_, i) => `DIG-${String(i + 1).padStart(2, '0')}`),
]

describe('the vectors of messages', () => {
  it('are those of the tables, each once, of the same octets', () => {
    const ids = made.map(idOf)
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
    expect(index).toEqual(made.map(indexEntry))
    const messages = made.flatMap((vector) => (vector.kind === 'digest' ? [] : [vector]))
    const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json')
    expect(files.sort()).toEqual(messages.map((vector) => `${idOf(vector)}.json`).sort())
    for (const vector of messages) {
      expect(readFileSync(join(folder, `${idOf(vector)}.json`), 'utf8'), idOf(vector)).toBe(
        formatJson(messageFile(vector.message)),
      )
    }
  })

  it('have one that is refused for every family, or a reason', () => {
    const refused = new Set(index.filter(({ expected }) => expected !== 'accepted').map(({ family }) => family))
    const hints = new Set(index.filter(({ family }) => family === 'SIG-14').map(({ family }) => family))
    const absent = families.filter((family) => !refused.has(family) && !hints.has(family))
    expect(absent).toEqual(Object.keys(elsewhere))
    const known = new Set([...families, 'control', 'form', 'BPCE'])
    expect(index.filter(({ family }) => !known.has(family))).toEqual([])
  })

  it('have accepted ones beside the refused ones, and many codes', () => {
    const accepted = index.filter(({ expected }) => expected === 'accepted')
    expect(accepted.length).toBeGreaterThan(35)
    expect(new Set(index.map(({ expected }) => expected)).size).toBeGreaterThan(65)
    for (const { family, expected, id } of index) if (family === 'control') expect(expected, id).toBe('accepted')
  })
})

const messageOf = ({ id }: HttpIndexEntry): HttpMessage | HttpResponse => {
  const file = readMessageFile(readFileSync(join(folder, `${id}.json`)))
  return 'request' in file ? file.request : file.response
}

function optionsOf(entry: HttpIndexEntry) {
  const { profile: name = '', certificate = 'rsa' } = entry
  const profile = vectorProfiles[name] ?? profileOf(name as ProfileName)
  const time = entry.at === undefined ? at : new Date(entry.at)
  const answer = certificate === null ? undefined : seals[certificate as SealName].certificate
  const replay = entry.replayed ? { replay: new MemoryReplayStore({ now: () => time }) } : {}
  return { at: time, fixed: { profile, resolveKey: () => answer, ...replay } }
}

async function outcome(entry: HttpIndexEntry, verify: (message: HttpMessage | HttpResponse) => Promise<unknown>) {
  const message = messageOf(entry)
  if (entry.replayed) await verify(message)
  return codeOf(() => verify(message))
}

describe.each(index.filter(({ kind }) => kind !== 'digest'))('$id', (entry) => {
  it('ends as the index says', async () => {
    const { at, fixed } = optionsOf(entry)
    const options = { ...fixed, at }
    const verify = (message: HttpMessage | HttpResponse): Promise<unknown> =>
      'method' in message ? verifyRequest(message, options) : verifyResponse(message, options)
    expect(await outcome(entry, verify)).toBe(entry.expected)
  })

  it('ends so with a verifier that has seen the certificate before', async () => {
    const { at, fixed } = optionsOf(entry)
    const verifier = createVerifier(fixed)
    const verify = (message: HttpMessage | HttpResponse): Promise<unknown> =>
      'method' in message ? verifier.verifyRequest(message, { at }) : verifier.verifyResponse(message, { at })
    // Whatever comes of the first time: what it left behind must not change the second.
    if (!entry.replayed && entry.expected !== 'accepted') await codeOf(() => outcome(entry, verify))
    expect(await outcome(entry, verify)).toBe(entry.expected)
  })
})

describe.each(index.filter(({ kind }) => kind === 'digest'))('$id', ({ field, value = '', body = '', expected }) => {
  it('ends as the index says', async () => {
    const options = { field: field as 'Digest' | 'Content-Digest' }
    expect(await codeOf(() => verifyDigest(value, decodeBase64(body), options))).toBe(expected)
  })
})
