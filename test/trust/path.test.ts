import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { Psd2Error } from 'psd2-toolkit/core'
import { defaultCrypto } from 'psd2-toolkit/crypto/node'
import { webCrypto } from 'psd2-toolkit/crypto/webcrypto'
import { write } from 'psd2-toolkit/der'
import {
  type Anchor,
  conformanceCodes,
  createPathValidator,
  type PathCode,
  type PathRefusal,
  type PathWork,
  pathCodes,
  pathVerdict,
  type ValidatePathOptions,
  validatePath,
} from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it, vi } from 'vitest'
import { constraints, dns, names } from '../../vectors/trust/make/contents.ts'
import { authority, keyOf, leaf, nameOf } from '../../vectors/trust/make/mint.ts'

const root = authority('root')
const issuing = authority('issuing', root)
const certificate = leaf(issuing)
const at = new Date('2026-06-01T00:00:00Z')

const sound: ValidatePathOptions = {
  certificate,
  intermediates: [issuing.der],
  anchors: [root.der],
  at,
  purpose: 'serverAuth',
}

async function refusalOf(options: ValidatePathOptions): Promise<Psd2Error> {
  const error = await validatePath(options).catch((caught: unknown) => caught)
  if (!(error instanceof Psd2Error)) throw new Error('nothing was refused', { cause: error })
  return error
}

describe('validatePath', () => {
  it('gives the path, the anchor and what it did not look at', async () => {
    const { path, anchor, notChecked, revocation, policies } = await validatePath(sound)
    expect(path.map(({ subject }) => String(subject))).toEqual([
      'O=Vectors, CN=leaf',
      'O=Vectors, CN=issuing',
      'O=Vectors, CN=root',
    ])
    expect(anchor).toBe(path[2])
    expect(notChecked).toEqual(['revocation', 'names'])
    expect(revocation).toEqual([])
    expect(policies).toBeUndefined()
  })

  it('takes certificates that were read as well as octets', async () => {
    const read = parseCertificate(certificate)
    const { path } = await validatePath({
      ...sound,
      certificate: read,
      intermediates: [parseCertificate(issuing.der)],
      anchors: [parseCertificate(root.der)],
    })
    expect(path[0]).toBe(read)
  })

  it('gives the policies that hold, where they are asked for', async () => {
    const { policies } = await validatePath({ ...sound, policies: { explicit: false } })
    expect(policies).toEqual([])
  })

  it('answers alike with WebCrypto', async () => {
    const { path } = await validatePath({ ...sound, crypto: webCrypto() })
    expect(path).toHaveLength(3)
    const wrong = certificate.slice()
    wrong[wrong.length - 1] = (wrong.at(-1) as number) ^ 1
    expect((await refusalOf({ ...sound, certificate: wrong, crypto: webCrypto() })).code).toBe('PATH_SIGNATURE_INVALID')
  })

  it('does not see what the caller does to octets in the meantime', async () => {
    const given = {
      certificate: certificate.slice(),
      intermediates: [issuing.der.slice()],
      anchors: [root.der.slice()],
    }
    const pending = validatePath({ ...sound, ...given })
    for (const octets of [given.certificate, ...given.intermediates, ...given.anchors]) octets.fill(0)
    expect((await pending).path).toHaveLength(3)
  })

  it('fetches nothing, whatever addresses are in the certificate', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'))
    const address = write.implicit(6, new TextEncoder().encode('http://169.254.169.254/latest/meta-data'))
    const point = write.sequence(write.explicit(0, write.explicit(0, address)))
    const extensions = {
      authorityInfoAccess: {
        critical: false,
        value: write.sequence(write.sequence(write.encodeOid('1.3.6.1.5.5.7.48.2'), address)),
      },
      cRLDistributionPoints: { critical: false, value: write.sequence(point) },
    }
    await validatePath({ ...sound, certificate: leaf(issuing, { extensions }) })
    const orphan = leaf(authority('nobody'), { extensions })
    expect((await refusalOf({ ...sound, certificate: orphan })).code).toBe('PATH_ISSUER_UNKNOWN')
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })
})

describe('a refusal', () => {
  it('has code, place, clause and mend, and tells an unknown issuer from an invalid certificate', async () => {
    const unknown = await refusalOf({ ...sound, intermediates: [] })
    expect(unknown).toMatchObject({
      code: 'PATH_ISSUER_UNKNOWN',
      path: 'path[0].tbsCertificate.issuer',
      citation: { document: 'RFC 5280', clause: '6.1' },
    })
    expect(unknown.mend).toBeTruthy()
    expect(unknown.offset).toBe(parseCertificate(certificate).issuer.offset)
    expect(pathVerdict(unknown)).toBe('unknown')
    const expired = await refusalOf({ ...sound, at: new Date('2050-01-01T00:00:00Z') })
    expect(expired.code).toBe('PATH_EXPIRED')
    expect(pathVerdict(expired)).toBe('invalid')
    expect(pathVerdict(await refusalOf({ ...sound, budget: { signatures: 1 } }))).toBe('indeterminate')
    expect(pathVerdict(new Psd2Error('DER_TRUNCATED', ''))).toBeUndefined()
    expect(pathVerdict(new Error('x'))).toBeUndefined()
  })

  it('says nothing of what is trusted', async () => {
    const secret = authority('secret anchor of the bank')
    for (const options of [
      { ...sound, anchors: [secret.der] },
      { ...sound, anchors: [secret.der], certificate: leaf({ ...secret, key: keyOf('other') }) },
      { ...sound, anchors: [secret.der], certificate: leaf(secret), at: new Date('2050-01-01T00:00:00Z') },
    ]) {
      const { message, path, mend } = await refusalOf(options)
      expect(`${message} ${path} ${mend}`).not.toContain('secret')
    }
  })

  it('tells the log every path that was refused', async () => {
    const told: PathRefusal[] = []
    const expired = authority('issuing', root, { from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' })
    const future = authority('issuing', root, { from: '2030-01-01T00:00:00Z', to: '2031-01-01T00:00:00Z' })
    const error = await refusalOf({
      ...sound,
      intermediates: [expired.der, future.der],
      onRefusal: (refusal) => told.push(refusal),
    })
    expect(told.map(({ code, place, anchored }) => [code, place, anchored])).toEqual([
      ['PATH_EXPIRED', 'path[1].tbsCertificate.validity.notAfter', true],
      ['PATH_NOT_YET_VALID', 'path[1].tbsCertificate.validity.notBefore', true],
    ])
    expect(told[0]?.path.map(({ subject }) => subject.only('2.5.4.3'))).toEqual(['leaf', 'issuing', 'root'])
    expect(error.code).toBe('PATH_EXPIRED')
  })

  it('tells the worst of what speaks against the best path', async () => {
    const plan = { from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' }
    // The certificate has expired either way; one way its issuer is no authority as well.
    const noAuthority = authority('issuing', root, { extensions: { basicConstraints: undefined } })
    const options = { ...sound, certificate: leaf(issuing, plan) }
    const both = await refusalOf({ ...options, intermediates: [noAuthority.der, issuing.der] })
    expect([both.code, both.path]).toEqual(['PATH_EXPIRED', 'path[0].tbsCertificate.validity.notAfter'])
    const one = await refusalOf({ ...options, intermediates: [noAuthority.der] })
    expect([one.code, one.path]).toEqual(['PATH_NOT_A_CA', 'path[1].tbsCertificate.extensions'])
  })

  it('is the error of reading, where the certificate cannot be read', async () => {
    expect((await refusalOf({ ...sound, certificate: certificate.subarray(1) })).code).toMatch(/^DER_/)
  })

  it('counts the work whatever the answer', async () => {
    const counted: PathWork[] = []
    const onWork = (work: PathWork) => counted.push(work)
    const { work } = await validatePath({ ...sound, onWork })
    await refusalOf({ ...sound, intermediates: [], onWork })
    await refusalOf({ ...sound, certificate: certificate.subarray(1), onWork })
    expect(counted).toEqual([
      work,
      { pool: 0, candidates: 0, signatures: 0, names: 0, policies: 0 },
      { pool: 0, candidates: 0, signatures: 0, names: 0, policies: 0 },
    ])
    expect(work).toEqual({ pool: 1, candidates: 2, signatures: 2, names: 0, policies: 0 })
  })
})

describe('anchors', () => {
  const key = parseCertificate(root.der)

  it('may be a name with a key, which has nothing that could expire', async () => {
    const anchor = { subject: key.subject, publicKey: key.publicKey }
    const found = await validatePath({ ...sound, anchors: [anchor] })
    expect(found.path).toHaveLength(2)
    expect(found.anchor).toBe(anchor)
    const old = authority('root', undefined, { to: '2021-01-01T00:00:00Z' })
    const read = parseCertificate(old.der)
    expect((await refusalOf({ ...sound, anchors: [old.der] })).code).toBe('PATH_EXPIRED')
    expect(
      (await validatePath({ ...sound, anchors: [{ subject: read.subject, publicKey: read.publicKey }] })).path,
    ).toHaveLength(2)
  })

  it('may be a name with a key and constraints', async () => {
    const content = (base: string) => {
      const holder = authority('holder', undefined, { extensions: { nameConstraints: constraints([dns(base)]) } })
      return parseCertificate(holder.der).extension('nameConstraints')?.decoded
    }
    const anchor = (base: string): Anchor => ({
      subject: key.subject,
      publicKey: key.publicKey,
      nameConstraints: content(base),
    })
    expect((await validatePath({ ...sound, anchors: [anchor('psp.example')] })).path).toHaveLength(2)
    expect((await refusalOf({ ...sound, anchors: [anchor('evil.example')] })).code).toBe('PATH_NAME_NOT_PERMITTED')
    const malformed = await refusalOf({ ...sound, anchors: [anchor('*.example')] })
    expect([malformed.code, malformed.path]).toEqual([
      'PATH_CONSTRAINTS_FORM',
      'path[2].nameConstraints.permittedSubtrees[0].base',
    ])
  })

  it('may be the certificate itself, as a name with a key', async () => {
    const own = parseCertificate(leaf(undefined))
    const anchor = { subject: own.subject, publicKey: own.publicKey }
    const options = { ...sound, certificate: own, anchors: [anchor] }
    expect((await refusalOf(options)).code).toBe('PATH_LEAF_IS_ANCHOR')
    const found = await validatePath({ ...options, anchorAsLeaf: 'accept', revocation: 'require' })
    expect(found.anchor).toBe(anchor)
    expect(found.notChecked).toEqual(['revocation', 'names'])
  })

  it('that cannot be read are told, and not used', async () => {
    const validator = createPathValidator({
      anchors: [root.der.subarray(1), root.der],
      intermediates: [new Uint8Array(3), issuing.der],
    })
    expect(validator.unreadable.map(({ list, index, error }) => [list, index, error.path])).toEqual([
      ['anchors', 0, expect.stringMatching(/^anchors\[0\]/)],
      ['intermediates', 0, expect.stringMatching(/^intermediates\[0\]/)],
    ])
    expect((await validator.validate({ certificate, at, purpose: 'any' })).path).toHaveLength(3)
    expect(() => createPathValidator({ anchors: [new Uint8Array(3)] })).toThrow(Psd2Error)
  })

  it('that were read with tolerance are refused where something of them was lost', async () => {
    const broken = authority('root', undefined, {
      extensions: { nameConstraints: { critical: true, value: write.nullValue() } },
    })
    const tolerant = parseCertificate(broken.der, { mode: 'tolerant' })
    const error = await refusalOf({ ...sound, anchors: [tolerant] })
    expect([error.code, error.path]).toEqual(['PATH_EXTENSION_UNREADABLE', 'path[2].tbsCertificate.extensions[4]'])
  })

  it('without a name are no authorities', async () => {
    const nameless = authority('nameless', undefined, { name: write.sequence() })
    const tolerant = parseCertificate(nameless.der, { mode: 'tolerant' })
    const below = parseCertificate(leaf(nameless), { mode: 'tolerant' })
    const error = await refusalOf({ ...sound, certificate: below, anchors: [tolerant] })
    expect([error.code, error.path]).toEqual(['PATH_CA_SUBJECT_EMPTY', 'path[1].tbsCertificate.subject'])
  })
})

describe('createPathValidator', () => {
  const question = { certificate, intermediates: [issuing.der], at, purpose: 'any' } as const

  it('verifies links between authorities once', async () => {
    const validator = createPathValidator({ anchors: [root.der] })
    const first = await validator.validate(question)
    const second = await validator.validate({ ...question, intermediates: [issuing.der.slice()] })
    expect([first.work.signatures, second.work.signatures]).toEqual([2, 1])
    expect(second.path[1]?.bytes).toEqual(issuing.der)
  })

  it('keeps nothing where it is told to', async () => {
    const validator = createPathValidator({ anchors: [root.der], cachedAuthorities: 0 })
    await validator.validate(question)
    expect((await validator.validate(question)).work.signatures).toBe(2)
  })

  it('keeps no more than it is told to, and forgets the oldest', async () => {
    const validator = createPathValidator({ anchors: [root.der], cachedAuthorities: 1 })
    const second = authority('second', root)
    const other = { ...question, certificate: leaf(second), intermediates: [second.der] }
    await validator.validate(question)
    await validator.validate(other)
    expect((await validator.validate(other)).work.signatures).toBe(1)
    expect((await validator.validate(question)).work.signatures).toBe(2)
  })

  it('keeps nothing of what was refused', async () => {
    const validator = createPathValidator({ anchors: [root.der] })
    const forged = issuing.der.slice()
    forged[forged.length - 1] = (forged.at(-1) as number) ^ 1
    await expect(validator.validate({ ...question, intermediates: [forged] })).rejects.toThrow(Psd2Error)
    await expect(validator.validate({ ...question, intermediates: [forged] })).rejects.toMatchObject({
      code: 'PATH_SIGNATURE_INVALID',
    })
    expect((await validator.validate(question)).work.signatures).toBe(2)
  })

  it('keeps records that the caller read by their octets, and those read with tolerance not at all', async () => {
    const validator = createPathValidator({ anchors: [root.der] })
    await validator.validate({ ...question, intermediates: [parseCertificate(issuing.der, { mode: 'tolerant' })] })
    expect((await validator.validate(question)).work.signatures).toBe(2)
    const strict = createPathValidator({ anchors: [root.der] })
    await strict.validate({ ...question, intermediates: [parseCertificate(issuing.der)] })
    expect((await strict.validate(question)).work.signatures).toBe(1)
    const tolerant = { ...question, intermediates: [parseCertificate(issuing.der, { mode: 'tolerant' })] }
    expect((await strict.validate(tolerant)).work.signatures).toBe(2)
  })

  it('asks the provider for a key once', async () => {
    const importPublicKey = vi.fn(defaultCrypto.importPublicKey)
    const validator = createPathValidator({
      anchors: [root.der],
      intermediates: [issuing.der],
      crypto: { ...defaultCrypto, importPublicKey },
    })
    await validator.validate({ certificate, at, purpose: 'any' })
    await validator.validate({ certificate: leaf(issuing, {}, 'another'), at, purpose: 'any' })
    expect(importPublicKey).toHaveBeenCalledTimes(2)
  })

  it('does not hide what is no error of ours', async () => {
    const failing = { ...defaultCrypto, verify: async () => Promise.reject(new RangeError('out of memory')) }
    await expect(validatePath({ ...sound, crypto: failing })).rejects.toThrow(RangeError)
    const noKey = { ...defaultCrypto, importPublicKey: async () => Promise.reject(new RangeError('out of memory')) }
    await expect(validatePath({ ...sound, crypto: noKey })).rejects.toThrow(RangeError)
  })
})

describe("the caller's own mistakes", () => {
  const mistakes: Readonly<Record<string, object>> = {
    'no anchors': { anchors: [] },
    'anchors that are no list': { anchors: root.der },
    'an anchor that is none': { anchors: ['root'] },
    'an unknown option': { purposes: 'any' },
    'no purpose': { purpose: undefined },
    'an unknown purpose': { purpose: 'codeSigning' },
    'a purpose of every object': { purpose: 'constructor' },
    'no moment': { at: undefined },
    'a moment that is none': { at: new Date('x') },
    'a moment as text': { at: '2026-06-01' },
    'a moment as a number': { at: 1_780_000_000_000 },
    'a moment before 1970': { at: new Date(-1) },
    'a certificate as text': { certificate: 'MII' },
    'intermediates that are no list': { intermediates: issuing.der },
    'an intermediate as text': { intermediates: ['MII'] },
    'a depth below nothing': { maxDepth: -1 },
    'a depth that is no number': { maxDepth: Number.NaN },
    'a depth beyond all': { maxDepth: 256 },
    'a name of no kind': { names: [{ host: 'psp.example' }] },
    'a name of two kinds': { names: [{ dns: 'a.example', ip: '192.0.2.1' }] },
    'a name that is none': { names: [null] },
    'a host that is none': { names: [{ dns: '*.example.com' }] },
    'an address that is none': { names: [{ ip: '192.0.2.256' }] },
    'a mailbox that is none': { names: [{ email: 'psp.example' }] },
    'a name that is no text': { names: [{ dns: 5 }] },
    'names that are no list': { names: { dns: 'psp.example' } },
    'an unknown bit of keyUsage': { keyUsage: ['signing'] },
    'a code that cannot be accepted': { accept: ['PATH_EXPIRED'] },
    'an unknown budget': { budget: { time: 5 } },
    'a budget that is none': { budget: { signatures: Number.POSITIVE_INFINITY } },
    'a budget that is no object': { budget: 5 },
    'policies that are no object': { policies: 'any' },
    'an unknown demand on policies': { policies: { require: true } },
    'a demand that is neither true nor false': { policies: { explicit: 1 } },
    'no acceptable policy': { policies: { acceptable: [] } },
    'a policy that is no identifier': { policies: { acceptable: ['gold'] } },
    'an unknown way with revocation': { revocation: 'soft' },
    'a checker that is none': { checkRevocation: true },
    'an unknown way with anchors': { anchorAsLeaf: true },
  }

  it.each(Object.entries(mistakes))('%s is a TypeError', async (_, over) => {
    await expect(validatePath({ ...sound, ...over } as ValidatePathOptions)).rejects.toThrow(TypeError)
  })

  it('no options at all are a TypeError', async () => {
    await expect(validatePath(undefined as unknown as ValidatePathOptions)).rejects.toThrow(TypeError)
    expect(() => createPathValidator(5 as never)).toThrow(TypeError)
    expect(() => createPathValidator({ anchors: [root.der], cachedAuthorities: -1 })).toThrow(TypeError)
  })
})

describe('the table of codes', () => {
  it('lets pass only what leaves no doubt about what a certificate says', () => {
    for (const code of conformanceCodes) expect(pathCodes[code].rank).toBe(75)
    expect(conformanceCodes).not.toContain('PATH_NOT_A_CA' satisfies PathCode)
  })

  it('has words for every code', () => {
    for (const { says, mend, document, clause } of Object.values(pathCodes)) {
      for (const text of [says, mend, document, clause]) expect(text).not.toBe('')
    }
  })
})

describe('laws', () => {
  const chain = [
    authority('one', root),
    authority('two', authority('one', root)),
    authority('three', authority('two', authority('one', root))),
  ]
  const last = leaf(chain[2])
  const strangers = [
    authority('stranger'),
    authority('two', authority('stranger')),
    authority('root', authority('stranger')),
  ]
  const pool = [...chain, ...strangers, root].map(({ der }) => der)

  it('the order and the company of intermediates change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(pool, { minLength: 3 }), async (intermediates) => {
        const complete = chain.every(({ der }) => intermediates.includes(der))
        const found = await validatePath({ ...sound, certificate: last, intermediates }).catch(
          (error: unknown) => error,
        )
        if (complete) expect((found as { path: unknown[] }).path).toHaveLength(5)
        else expect(pathVerdict(found)).toBe('unknown')
      }),
      { numRuns: 60 },
    )
  })

  it('no other octet anywhere makes a certificate of somebody else', async () => {
    const { path } = await validatePath(sound)
    const names = path.map(({ subject }) => String(subject))
    await fc.assert(
      fc.asyncProperty(fc.nat(certificate.length - 1), fc.integer({ min: 1, max: 255 }), async (index, flip) => {
        const changed = certificate.slice()
        changed[index] = (changed[index] as number) ^ flip
        await expect(validatePath({ ...sound, certificate: changed })).rejects.toThrow(Psd2Error)
      }),
      { numRuns: 150 },
    )
    expect(names).toHaveLength(3)
  })

  it('a name in another case and string type is the same name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}$/), async (text) => {
        const top = authority('t', undefined, { name: nameOf(text, 'printableString'), key: keyOf('t') })
        const certificate = leaf({ ...top, name: nameOf(` ${text.toUpperCase().replaceAll(' ', '  ')} `) })
        expect((await validatePath({ ...sound, certificate, anchors: [top.der] })).path).toHaveLength(2)
      }),
      { numRuns: 30 },
    )
  })

  it('a host under a permitted subtree is permitted, and one beside it is not', async () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    const limited = authority('limited', root, { extensions: { nameConstraints: constraints([dns('psp.example')]) } })
    await fc.assert(
      fc.asyncProperty(fc.array(label, { maxLength: 3 }), label, async (labels, glued) => {
        const host = [...labels, 'psp.example'].join('.')
        const options = (name: string) => ({
          ...sound,
          certificate: leaf(limited, { extensions: { subjectAltName: names(dns(name)) } }),
          intermediates: [limited.der],
        })
        expect((await validatePath({ ...options(host), names: [{ dns: host }] })).path).toHaveLength(3)
        expect((await refusalOf(options(`${glued}psp.example`))).code).toBe('PATH_NAME_NOT_PERMITTED')
      }),
      { numRuns: 30 },
    )
  })
})

describe('the mint of the vectors', () => {
  it('makes the same octets every time', () => {
    const digest = createHash('sha256')
      .update(leaf(authority('issuing', authority('root'))))
      .digest('hex')
    expect(digest).toBe(createHash('sha256').update(certificate).digest('hex'))
  })
})
