import { write } from '../../../src/der/index.ts'
import { authorityKeyId } from './contents.ts'
import { authority, keyOf, keyOfNobody, leaf, type Minted, nameOf } from './mint.ts'
import { accepted, issuing, type PathVector, refused, root } from './vector.ts'

/** Two or three authorities that certify each other; with `from`, the first is issued by a root as well. */
function cycle(labels: readonly string[], from?: Minted): Minted[] {
  const own = labels.map((label) => authority(label))
  const ring = labels.map((label, index) => authority(label, own[(index + 1) % own.length]))
  return from === undefined ? ring : [...ring, authority(labels[0] as string, from)]
}

const a = authority('a')

/** Certificates of one name and one key under many serial numbers. */
function copies(count: number): Minted[] {
  return Array.from({ length: count }, (_, index) =>
    authority('copied', undefined, { serial: write.integer(index + 1) }),
  )
}

const copied = authority('copied')

/** Authorities of one name whose keys nobody holds. */
function crowd(count: number): Minted[] {
  const name = nameOf('issuing')
  return Array.from({ length: count }, (_, index) => {
    const key = keyOfNobody(String(index))
    return authority('issuing', root, { name, key, sign: key.sign })
  })
}

/** For those who want to look at so many. */
const wide = { pool: 20_000 }

const other = authority('other root')
const crossed = { key: keyOf('crossed') }
const expired = { from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' }
const namesake = authority('root', undefined, { key: keyOf('namesake') })
const forgedId = authority('root', undefined, {
  key: keyOf('namesake'),
  extensions: { subjectKeyIdentifier: { critical: false, value: write.octetString(root.keyId) } },
})
const alike = authority('Root of  Names', undefined, { name: nameOf('Root of Names', 'printableString') })

/** Which authorities are tried, and in what order. */
export const buildingVectors: readonly PathVector[] = [
  refused(
    'cycle-of-two',
    'CHN-01',
    'two authorities certify each other and nobody else',
    { certificate: leaf(a), intermediates: cycle(['a', 'b']) },
    'PATH_ISSUER_UNKNOWN',
    'path[2].tbsCertificate.issuer',
  ),
  refused(
    'cycle-of-three',
    'CHN-01',
    'three authorities certify each other and nobody else',
    { certificate: leaf(a), intermediates: cycle(['a', 'b', 'c']) },
    'PATH_ISSUER_UNKNOWN',
    'path[3].tbsCertificate.issuer',
  ),
  accepted('cycle-with-a-way-out', 'CHN-01', 'a cycle, and a root that certifies one of it', {
    certificate: leaf(a),
    intermediates: cycle(['a', 'b', 'c'], root),
  }),
  refused(
    'copies-of-one-authority',
    'CHN-02',
    'fifty self-signed certificates of one name and key',
    { certificate: leaf(copied), intermediates: copies(50) },
    'PATH_ROOT_NOT_TRUSTED',
    'path[1].tbsCertificate.issuer',
  ),
  accepted('copies-and-the-one-that-leads-on', 'CHN-02', 'fifty copies, and one that the root issued, at the end', {
    certificate: leaf(copied),
    intermediates: [...copies(50), authority('copied', root)],
  }),
  refused(
    'ten-thousand-of-one-name',
    'CHN-03',
    'ten thousand authorities have the name of the issuer, and none of them signed',
    { certificate: leaf(issuing), intermediates: crowd(10_000), budget: wide, stored: false },
    'LIMIT_PATH_SIGNATURES',
    '',
  ),
  accepted(
    'ten-thousand-and-the-right-one',
    'CHN-03',
    'the right one is found by its key identifier, at the end of all',
    {
      certificate: leaf(issuing),
      intermediates: [...crowd(10_000), issuing],
      budget: wide,
      stored: false,
    },
  ),
  refused(
    'more-than-are-searched',
    'CHN-03',
    'more certificates came than are looked at',
    { certificate: leaf(issuing), intermediates: new Array<Minted>(1001).fill(issuing), stored: false },
    'LIMIT_PATH_POOL',
    '',
  ),
  refused(
    'candidates-end',
    'CHN-03',
    'more issuers had to be looked at than the budget has',
    { certificate: leaf(copied), intermediates: copies(50), budget: { candidates: 20 } },
    'LIMIT_PATH_CANDIDATES',
    '',
  ),
  accepted('crossed-first-expired', 'CHN-04', 'of two certificates of an authority the first has expired', {
    certificate: leaf(authority('crossed', root)),
    intermediates: [authority('crossed', root, { ...crossed, ...expired }), authority('crossed', other, crossed)],
    anchors: [root, other],
  }),
  accepted(
    'crossed-first-untrusted',
    'CHN-04',
    'of two certificates of an authority the first leads to nobody trusted',
    {
      certificate: leaf(authority('crossed', root)),
      intermediates: [authority('crossed', other, crossed), other, authority('crossed', root, crossed)],
    },
  ),
  accepted(
    'bridge',
    'CHN-04',
    'a bridge joins the domain of the issuer to the one that is trusted',
    {
      certificate: leaf(authority('far issuing', other)),
      intermediates: [
        authority('far issuing', other),
        authority('other root', authority('bridge', root)),
        other,
        authority('bridge', root),
        authority('bridge', other),
      ],
    },
    5,
  ),
  refused(
    'crossed-both-expired',
    'CHN-04',
    'both certificates of an authority have expired',
    {
      certificate: leaf(authority('crossed', root)),
      intermediates: [authority('crossed', root, expired), authority('crossed', other, expired)],
      anchors: [root, other],
    },
    'PATH_EXPIRED',
    'path[1].tbsCertificate.validity.notAfter',
  ),
  refused(
    'expired-and-untrusted',
    'CHN-04',
    'an authority has expired and leads to nobody trusted: that its issuer is unknown weighs more',
    { certificate: leaf(authority('x', other)), intermediates: [authority('x', other, expired)] },
    'PATH_ISSUER_UNKNOWN',
    'path[1].tbsCertificate.issuer',
  ),
  refused(
    'root-that-was-sent',
    'CHN-05',
    'the root comes with the certificate and is not among the anchors',
    { certificate: leaf(issuing), intermediates: [issuing, root], anchors: [other] },
    'PATH_ROOT_NOT_TRUSTED',
    'path[2].tbsCertificate.issuer',
  ),
  accepted('root-that-was-sent-too', 'CHN-05', 'the root comes with the certificate and is an anchor as well', {
    certificate: leaf(issuing),
    intermediates: [root, issuing],
  }),
  refused(
    'self-signed',
    'CHN-06',
    'the certificate is signed by itself',
    { certificate: leaf(undefined) },
    'PATH_SELF_SIGNED',
    'path[0].tbsCertificate.issuer',
  ),
  refused(
    'self-signed-that-was-sent',
    'CHN-06',
    'the certificate is signed by itself and sent as its own issuer',
    { certificate: leaf(undefined), intermediates: [leaf(undefined)] },
    'PATH_SELF_SIGNED',
    'path[0].tbsCertificate.issuer',
  ),
  refused(
    'leaf-that-is-an-anchor',
    'CHN-06',
    'the certificate is itself an anchor',
    { certificate: leaf(undefined), anchors: [leaf(undefined)] },
    'PATH_LEAF_IS_ANCHOR',
    'path[0]',
  ),
  accepted(
    'leaf-that-may-be-an-anchor',
    'CHN-06',
    'the certificate is itself an anchor, and may be',
    { certificate: leaf(undefined), anchors: [leaf(undefined)], anchorAsLeaf: 'accept' },
    1,
  ),
  refused(
    'leaf-that-may-be-an-anchor-expired',
    'CHN-06',
    'the certificate is itself an anchor, may be, and has expired',
    { certificate: leaf(undefined, expired), anchors: [leaf(undefined, expired)], anchorAsLeaf: 'accept' },
    'PATH_EXPIRED',
    'path[0].tbsCertificate.validity.notAfter',
  ),
  accepted(
    'leaf-with-an-anchor-above',
    'CHN-06',
    'the certificate is an anchor, and another one vouches for it',
    { certificate: leaf(issuing), anchors: [leaf(issuing), issuing] },
    2,
  ),
  refused(
    'anchor-of-the-same-name',
    'CHN-07',
    'an anchor has the name of the issuer and another key',
    { certificate: leaf(root), anchors: [namesake] },
    'PATH_SIGNATURE_INVALID',
    'path[0].signatureValue',
  ),
  accepted(
    'two-anchors-of-one-name',
    'CHN-07',
    'of two anchors of one name the second signed',
    { certificate: leaf(root), anchors: [namesake, root] },
    2,
  ),
  accepted(
    'name-in-another-string-type',
    'CHN-07',
    'the issuer is written with other letters, in another string type and with more space',
    { certificate: leaf({ ...alike, name: nameOf('root  of names ') }), anchors: [alike] },
    2,
  ),
  refused(
    'forged-key-identifier',
    'CHN-08',
    'an anchor has the name and the key identifier, and another key',
    { certificate: leaf(root), anchors: [forgedId] },
    'PATH_SIGNATURE_INVALID',
    'path[0].signatureValue',
  ),
  accepted(
    'wrong-key-identifier',
    'CHN-08',
    'the key identifier names somebody else, and the key is right: it is a hint',
    {
      certificate: leaf(root, {
        extensions: { authorityKeyIdentifier: { critical: false, value: authorityKeyId(other.keyId) } },
      }),
    },
    2,
  ),
  refused(
    'nobody-known',
    'unknown',
    'the issuer stands nowhere',
    { certificate: leaf(issuing) },
    'PATH_ISSUER_UNKNOWN',
    'path[0].tbsCertificate.issuer',
  ),
  refused(
    'nobody-known-and-expired',
    'unknown',
    'the issuer stands nowhere, and the certificate has expired: what it says counts for nothing',
    { certificate: leaf(issuing, expired) },
    'PATH_ISSUER_UNKNOWN',
    'path[0].tbsCertificate.issuer',
  ),
  refused(
    'issuer-that-cannot-be-read',
    'unknown',
    'the certificate of the issuer is cut off',
    { certificate: leaf(issuing), intermediates: [issuing.der.subarray(0, 100)] },
    'PATH_ISSUER_UNKNOWN',
    'path[0].tbsCertificate.issuer',
  ),
  refused(
    'deeper-than-allowed',
    'depth',
    'one authority stands between, and none may',
    { certificate: leaf(issuing), intermediates: [issuing], maxDepth: 0 },
    'PATH_TOO_LONG',
    'path[0]',
  ),
  accepted('as-deep-as-allowed', 'depth', 'one authority stands between, and one may', {
    certificate: leaf(issuing),
    intermediates: [issuing],
    maxDepth: 1,
  }),
]
