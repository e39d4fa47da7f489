import { write } from '../../../src/der/index.ts'
import type { Contents } from './contents.ts'
import { ca, constraints, dns, policyLimits, purposes, usage } from './contents.ts'
import { rsaKey } from './files.ts'
import type { Plan } from './mint.ts'
import { authority, leaf, type Minted, nameOf } from './mint.ts'
import { accepted, type Case, extensionAt, issuing, type PathVector, refused, root } from './vector.ts'

/** A certificate under an authority that has these extensions, or is planned otherwise. */
function under(extensions: Contents, plan: Plan = {}, rest: Partial<Case> = {}): Case {
  const middle = authority('middle', root, { ...plan, extensions })
  return { certificate: leaf(middle), intermediates: [middle], ...rest }
}

/** A certificate that has these extensions. */
function having(extensions: Contents, plan: Plan = {}, rest: Partial<Case> = {}): Case {
  return { certificate: leaf(issuing, { ...plan, extensions }), intermediates: [issuing], ...rest }
}

const endEntity: Minted = { ...authority('end entity', root), der: leaf(root, {}, 'end entity') }

/** A chain under the root, the last of it issuing the certificate. */
function chain(...plans: readonly (readonly [label: string, pathLength?: number])[]): Case {
  let above = root
  const intermediates = plans.map(([label, length]) => {
    above = authority(label, above, { extensions: { basicConstraints: ca(length) } })
    return above
  })
  return { certificate: leaf(above), intermediates }
}

/** The key of another size or kind, in the place of the one that a certificate would have. */
function spkiOf(
  oid: string,
  key: Uint8Array,
  parameters: Uint8Array = new Uint8Array(),
): { key: { spki: Uint8Array } } {
  return { key: { spki: write.sequence(write.sequence(write.encodeOid(oid), parameters), write.bitString(key)) } }
}

const rsa = (bits: number): Uint8Array => {
  const modulus = write.integer((1n << BigInt(bits - 1)) + 1n)
  return write.sequence(modulus, write.integer(65537))
}
const rsaKeyOf = (bits: number) => spkiOf('1.2.840.113549.1.1.1', rsa(bits), write.nullValue())
const secp256k1 = spkiOf(
  '1.2.840.10045.2.1',
  Uint8Array.from([4, ...new Uint8Array(64)]),
  write.encodeOid('1.3.132.0.10'),
)
const brainpool = spkiOf(
  '1.2.840.10045.2.1',
  Uint8Array.from([4, ...new Uint8Array(64)]),
  write.encodeOid('1.3.36.3.3.2.8.1.1.7'),
)
const p224 = spkiOf('1.2.840.10045.2.1', Uint8Array.from([4, ...new Uint8Array(56)]), write.encodeOid('1.3.132.0.33'))
const offCurve = spkiOf(
  '1.2.840.10045.2.1',
  Uint8Array.from([4, ...new Uint8Array(63), 1]),
  write.encodeOid('1.2.840.10045.3.1.7'),
)

function withKey(spki: { key: { spki: Uint8Array } }): Plan {
  return { key: { ...root.key, spki: spki.key.spki } }
}

/** An authority with a key that cannot sign: the certificate under it has a signature that nobody gets to. */
function underKey(spki: { key: { spki: Uint8Array } }): Case {
  const middle = authority('middle', root, withKey(spki))
  return { certificate: leaf(middle), intermediates: [middle] }
}

const serial = (octets: readonly number[]): Uint8Array<ArrayBuffer> => write.element(2, Uint8Array.from(octets))
const nobody = { critical: true, value: write.nullValue() }

/** What an authority must be, and what one certificate may say. */
export const authorityVectors: readonly PathVector[] = [
  accepted('control', 'CHN-09', 'a certificate, an authority, a root', {
    certificate: leaf(issuing),
    intermediates: [issuing],
    purpose: 'serverAuth',
    names: [{ dns: 'psp.example' }],
  }),
  refused(
    'end-entity-as-issuer',
    'CHN-09',
    'an end entity issued the certificate',
    { certificate: leaf(endEntity), intermediates: [endEntity] },
    'PATH_NOT_A_CA',
    extensionAt(1, 0),
  ),
  refused(
    'no-basic-constraints',
    'CHN-09',
    'the authority has no basicConstraints',
    under({ basicConstraints: undefined }),
    'PATH_NOT_A_CA',
    'path[1].tbsCertificate.extensions',
  ),
  refused(
    'no-basic-constraints-nor-key-usage',
    'CHN-09',
    'the authority has neither basicConstraints nor keyUsage',
    under({ basicConstraints: undefined, keyUsage: undefined }),
    'PATH_NOT_A_CA',
    'path[1].tbsCertificate.extensions',
  ),
  refused(
    'ca-false',
    'CHN-09',
    'cA is false',
    under({ basicConstraints: { critical: true, value: write.sequence() } }),
    'PATH_NOT_A_CA',
    extensionAt(1, 0),
  ),
  refused(
    'authority-of-version-1',
    'CHN-09',
    'the authority has a certificate of version 1',
    under({}, { version: 1 }),
    'PATH_NOT_A_CA',
    'path[1].tbsCertificate.extensions',
  ),
  refused(
    'no-certificate-signing',
    'CHN-09',
    'keyUsage of the authority lacks keyCertSign',
    under({ keyUsage: usage(6) }),
    'PATH_CA_KEY_USAGE',
    extensionAt(1, 1),
  ),
  accepted(
    'authority-without-key-usage',
    'CHN-09',
    'the authority has no keyUsage, which limits nothing',
    under({ keyUsage: undefined }),
  ),
  refused(
    'anchor-that-is-no-authority',
    'CHN-09',
    'the anchor has cA false',
    {
      certificate: leaf(root),
      anchors: [
        authority('root', undefined, { extensions: { basicConstraints: { critical: true, value: write.sequence() } } }),
      ],
    },
    'PATH_NOT_A_CA',
    extensionAt(1, 0),
  ),
  refused(
    'authority-without-a-name',
    'CHN-09',
    'the subject of an anchor is empty',
    {
      certificate: leaf(issuing),
      anchors: [authority('issuing', root, { name: write.sequence() })],
      intermediates: [],
    },
    'PATH_ISSUER_UNKNOWN',
    'path[0].tbsCertificate.issuer',
  ),
  refused(
    'path-length-exceeded',
    'CHN-10',
    'an authority follows one with pathLenConstraint 0',
    chain(['one', 0], ['two']),
    'PATH_LENGTH',
    'path[1]',
  ),
  refused(
    'path-length-exceeded-higher-up',
    'CHN-10',
    'two authorities follow one with pathLenConstraint 1, whatever the second says',
    chain(['one', 1], ['two', 5], ['three']),
    'PATH_LENGTH',
    'path[1]',
  ),
  refused(
    'path-length-exceeded-without-key-usage',
    'CHN-10',
    'the authority with pathLenConstraint 0 has no keyUsage',
    (() => {
      const one = authority('one', root, { extensions: { basicConstraints: ca(0), keyUsage: undefined } })
      const two = authority('two', one)
      return { certificate: leaf(two), intermediates: [one, two] }
    })(),
    'PATH_LENGTH',
    'path[1]',
  ),
  refused(
    'path-length-exceeded-behind-self-issued',
    'CHN-10',
    'a self-issued certificate stands between pathLenConstraint 0 and the authority too many',
    (() => {
      const one = authority('one', root, { extensions: { basicConstraints: ca(0) } })
      const rolled = authority('rolled', one, { name: nameOf('one') })
      const two = authority('two', rolled)
      return { certificate: leaf(two), intermediates: [one, rolled, two] }
    })(),
    'PATH_LENGTH',
    'path[1]',
  ),
  accepted(
    'path-length-and-self-issued',
    'CHN-10',
    'a self-issued certificate follows pathLenConstraint 0 and is not counted',
    (() => {
      const one = authority('one', root, { extensions: { basicConstraints: ca(0) } })
      const rolled = authority('rolled', one, { name: nameOf('one') })
      return { certificate: leaf(rolled), intermediates: [one, rolled] }
    })(),
    4,
  ),
  refused(
    'path-length-of-the-anchor',
    'CHN-10',
    'the anchor has pathLenConstraint 0',
    {
      certificate: leaf(issuing),
      intermediates: [issuing],
      anchors: [authority('root', undefined, { extensions: { basicConstraints: ca(0) } })],
    },
    'PATH_LENGTH',
    'path[1]',
  ),
  accepted('path-length-and-the-last', 'CHN-10', 'the last certificate is an authority and is not counted', {
    certificate: authority('two', authority('one', root, { extensions: { basicConstraints: ca(0) } })).der,
    intermediates: [authority('one', root, { extensions: { basicConstraints: ca(0) } })],
  }),
  accepted(
    'path-length-that-grows',
    'CHN-10',
    'a lower pathLenConstraint is larger and changes nothing',
    chain(['one', 1], ['two', 9]),
    4,
  ),

  refused(
    'critical-extension-unknown',
    'extensions',
    'the certificate has a critical extension that nobody knows',
    having({ '1.3.6.1.4.1.99999.1': nobody }),
    'PATH_EXTENSION_CRITICAL_UNKNOWN',
    extensionAt(0, 6),
  ),
  refused(
    'critical-extension-unknown-of-authority',
    'extensions',
    'the authority has a critical extension that nobody knows',
    under({ '1.3.6.1.4.1.99999.1': nobody }),
    'PATH_EXTENSION_CRITICAL_UNKNOWN',
    extensionAt(1, 4),
  ),
  accepted(
    'extension-unknown',
    'extensions',
    'an extension that nobody knows is not critical',
    having({ '1.3.6.1.4.1.99999.1': { ...nobody, critical: false } }),
  ),
  accepted(
    'critical-extension-of-another',
    'extensions',
    'an authority that is not used has a critical extension that nobody knows',
    {
      certificate: leaf(issuing),
      intermediates: [authority('middle', root, { extensions: { '1.3.6.1.4.1.99999.1': nobody } }), issuing],
    },
  ),
  refused(
    'critical-key-identifier',
    'extensions',
    'authorityKeyIdentifier is critical',
    having({ authorityKeyIdentifier: { critical: true, value: write.sequence(write.implicit(0, issuing.keyId)) } }),
    'PATH_EXTENSION_CRITICALITY',
    extensionAt(0, 5),
  ),
  accepted(
    'critical-key-identifier-let-pass',
    'extensions',
    'authorityKeyIdentifier is critical, and the caller lets that pass',
    having(
      { authorityKeyIdentifier: { critical: true, value: write.sequence(write.implicit(0, issuing.keyId)) } },
      {},
      { accept: ['PATH_EXTENSION_CRITICALITY'] },
    ),
  ),
  refused(
    'precertificate',
    'extensions',
    'the certificate is a precertificate',
    having({ ctPoison: nobody }),
    'PATH_PRECERTIFICATE',
    extensionAt(0, 6),
  ),
  refused(
    'serial-number-zero',
    'issuers',
    'the serial number is zero',
    having({}, { serial: serial([0]) }),
    'PATH_SERIAL_NUMBER',
    'path[0].tbsCertificate.serialNumber',
  ),
  refused(
    'serial-number-long',
    'issuers',
    'the serial number has 21 octets',
    having({}, { serial: serial([1, ...new Uint8Array(20)]) }),
    'PATH_SERIAL_NUMBER',
    'path[0].tbsCertificate.serialNumber',
  ),
  accepted(
    'serial-number-of-20-octets',
    'issuers',
    'the serial number has 20 octets',
    having({}, { serial: serial([1, ...new Uint8Array(19)]) }),
  ),
  refused(
    'no-authority-key-identifier',
    'issuers',
    'authorityKeyIdentifier is missing',
    having({ authorityKeyIdentifier: undefined }),
    'PATH_AUTHORITY_KEY_ID_MISSING',
    'path[0].tbsCertificate.extensions',
  ),
  accepted(
    'no-authority-key-identifier-let-pass',
    'issuers',
    'authorityKeyIdentifier is missing, and the caller lets that pass',
    having({ authorityKeyIdentifier: undefined }, {}, { accept: ['PATH_AUTHORITY_KEY_ID_MISSING'] }),
  ),
  refused(
    'no-subject-key-identifier',
    'issuers',
    'the authority has no subjectKeyIdentifier',
    under({ subjectKeyIdentifier: undefined }),
    'PATH_SUBJECT_KEY_ID_MISSING',
    'path[1].tbsCertificate.extensions',
  ),
  refused(
    'basic-constraints-not-critical',
    'issuers',
    'basicConstraints of the authority is not critical',
    under({ basicConstraints: ca(undefined, false) }),
    'PATH_BASIC_CONSTRAINTS_NOT_CRITICAL',
    extensionAt(1, 0),
  ),
  refused(
    'subject-alt-name-not-critical',
    'issuers',
    'the subject is empty and subjectAltName is not critical',
    having({}, { name: write.sequence() }),
    'PATH_SUBJECT_ALT_NAME_NOT_CRITICAL',
    'path[0].tbsCertificate.subject',
  ),
  refused(
    'constraints-in-an-end-entity',
    'issuers',
    'nameConstraints stands in an end entity',
    having({ nameConstraints: constraints([dns('psp.example')]) }),
    'PATH_CONSTRAINTS_IN_LEAF',
    extensionAt(0, 6),
  ),
  refused(
    'certificate-signing-in-an-end-entity',
    'issuers',
    'keyUsage of an end entity has keyCertSign',
    having({ keyUsage: usage(0, 5) }),
    'PATH_LEAF_KEY_CERT_SIGN',
    extensionAt(0, 1),
  ),
  refused(
    'policy-constraints-not-critical',
    'issuers',
    'policyConstraints of the authority is not critical',
    under({ policyConstraints: { ...policyLimits(9), critical: false } }),
    'PATH_POLICY_LIMITS_NOT_CRITICAL',
    extensionAt(1, 4),
  ),
  accepted(
    'policy-constraints-not-critical-let-pass',
    'issuers',
    'policyConstraints of the authority is not critical, and the caller lets that pass',
    under(
      { policyConstraints: { ...policyLimits(9), critical: false } },
      {},
      { accept: ['PATH_POLICY_LIMITS_NOT_CRITICAL'] },
    ),
  ),
  refused(
    'policy-constraints-not-critical-hold',
    'issuers',
    'policyConstraints of the authority is not critical, which the caller lets pass, and holds',
    under(
      { policyConstraints: { ...policyLimits(0), critical: false } },
      {},
      { accept: ['PATH_POLICY_LIMITS_NOT_CRITICAL'] },
    ),
    'PATH_POLICY_REQUIRED',
    'path[0].tbsCertificate.extensions',
  ),

  refused(
    'purpose-of-another',
    'purpose',
    'extKeyUsage is for clients alone',
    having({ extKeyUsage: purposes('1.3.6.1.5.5.7.3.2') }, {}, { purpose: 'serverAuth' }),
    'PATH_PURPOSE',
    extensionAt(0, 2),
  ),
  accepted(
    'purpose-any',
    'purpose',
    'extKeyUsage is for any purpose',
    having({ extKeyUsage: purposes('2.5.29.37.0') }, {}, { purpose: 'serverAuth' }),
  ),
  accepted(
    'purpose-absent',
    'purpose',
    'there is no extKeyUsage, which limits nothing',
    having({ extKeyUsage: undefined }, {}, { purpose: 'clientAuth' }),
  ),
  refused(
    'purpose-of-the-authority',
    'purpose',
    'extKeyUsage of the authority is for clients alone',
    under({ extKeyUsage: purposes('1.3.6.1.5.5.7.3.2') }, {}, { purpose: 'serverAuth' }),
    'PATH_CA_PURPOSE',
    extensionAt(1, 4),
  ),
  accepted(
    'purpose-of-the-authority-included',
    'purpose',
    'extKeyUsage of the authority includes the purpose',
    under({ extKeyUsage: purposes('1.3.6.1.5.5.7.3.2') }, {}, { purpose: 'clientAuth' }),
  ),
  refused(
    'key-usage-against-purpose',
    'purpose',
    'extKeyUsage is for clients, and keyUsage has keyEncipherment alone',
    having({ keyUsage: usage(2) }, {}, { purpose: 'clientAuth' }),
    'PATH_KEY_USAGE',
    extensionAt(0, 1),
  ),
  refused(
    'key-usage-that-is-wanted',
    'purpose',
    'nonRepudiation is wanted',
    having({}, {}, { keyUsage: ['nonRepudiation'] }),
    'PATH_KEY_USAGE',
    extensionAt(0, 1),
  ),
  accepted(
    'key-usage-that-is-had',
    'purpose',
    'nonRepudiation is wanted and there',
    having({ keyUsage: usage(0, 1) }, {}, { keyUsage: ['nonRepudiation'] }),
  ),

  refused(
    'key-of-1024-bits',
    'keys',
    'the key is RSA of 1024 bits',
    having({}, withKey(rsaKeyOf(1024))),
    'PATH_KEY_WEAK',
    'path[0].tbsCertificate.subjectPublicKeyInfo',
  ),
  accepted('key-of-2048-bits', 'keys', 'the key is RSA of 2048 bits', having({}, withKey(rsaKeyOf(2048)))),
  refused(
    'key-on-p-224',
    'keys',
    'the key is on P-224',
    having({}, withKey(p224)),
    'PATH_KEY_WEAK',
    'path[0].tbsCertificate.subjectPublicKeyInfo',
  ),
  refused(
    'key-on-secp256k1',
    'keys',
    'the key is on secp256k1',
    having({}, withKey(secp256k1)),
    'PATH_KEY_ALGORITHM',
    'path[0].tbsCertificate.subjectPublicKeyInfo',
  ),
  accepted(
    'key-on-brainpool',
    'keys',
    'the key of an end entity is on brainpoolP256r1',
    having({}, withKey(brainpool)),
  ),
  refused(
    'authority-on-brainpool',
    'keys',
    'the key of the authority is on brainpoolP256r1',
    underKey(brainpool),
    'PATH_KEY_ALGORITHM',
    'path[1].tbsCertificate.subjectPublicKeyInfo',
  ),
  refused(
    'authority-of-1024-bits',
    'keys',
    'the key of the authority is RSA of 1024 bits',
    underKey(rsaKeyOf(1024)),
    'PATH_KEY_WEAK',
    'path[1].tbsCertificate.subjectPublicKeyInfo',
  ),
  refused(
    'authority-off-the-curve',
    'keys',
    'the key of the authority is no point of its curve',
    underKey(offCurve),
    'PATH_KEY_UNUSABLE',
    'path[1].tbsCertificate.subjectPublicKeyInfo',
  ),
  refused(
    'signed-over-sha-1',
    'keys',
    'the certificate is signed over SHA-1',
    (() => {
      const middle = authority('middle', root, { key: rsaKey('sha1') })
      return { certificate: leaf(middle), intermediates: [middle] }
    })(),
    'PATH_ALGORITHM_WEAK',
    'path[0].tbsCertificate.signature',
  ),
  refused(
    'signed-with-an-unknown-algorithm',
    'keys',
    'the certificate is signed with DSA',
    having({}, { algorithm: write.sequence(write.encodeOid('2.16.840.1.101.3.4.3.2')) }),
    'PATH_ALGORITHM_UNKNOWN',
    'path[0].tbsCertificate.signature',
  ),
  refused(
    'pss-with-another-salt',
    'keys',
    'the certificate is signed with RSASSA-PSS and a salt of 20 octets',
    (() => {
      const middle = authority('middle', root, { key: rsaKey('sha256') })
      return { certificate: leaf(middle, { algorithm: pss(undefined) }), intermediates: [middle] }
    })(),
    'PATH_PSS_PARAMETERS',
    'path[0].tbsCertificate.signature',
  ),
  refused(
    'ec-signature-under-an-rsa-key',
    'keys',
    'the signature is ECDSA and the key of the issuer is RSA',
    (() => {
      const middle = authority('middle', root, { key: rsaKey('sha256') })
      return {
        certificate: leaf(middle, { algorithm: write.sequence(write.encodeOid('1.2.840.10045.4.3.2')) }),
        intermediates: [middle],
      }
    })(),
    'PATH_SIGNATURE_INVALID',
    'path[0].signatureValue',
  ),
]

/** RSASSA-PSS with SHA-256; without a salt length it is 20. */
function pss(saltLength: number | undefined): Uint8Array {
  const sha256 = write.sequence(write.encodeOid('2.16.840.1.101.3.4.2.1'), write.nullValue())
  const mgf = write.sequence(write.encodeOid('1.2.840.113549.1.1.8'), sha256)
  return write.sequence(
    write.encodeOid('1.2.840.113549.1.1.10'),
    write.sequence(
      write.explicit(0, sha256),
      write.explicit(1, mgf),
      ...(saltLength === undefined ? [] : [write.explicit(2, write.integer(saltLength))]),
    ),
  )
}
