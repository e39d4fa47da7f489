import { createHash } from 'node:crypto'
import { seal, sha256, toBeSigned } from './material.ts'
import { at, changed, type Expected, type JoseVector, qsealc, setOf } from './vector.ts'

/** JWK-02 to JWK-08 and JWK-19: x5c, the certificate in it, and its thumbprints. */

const { der, jwk, pem, spki, key } = qsealc
const x5c = der.toString('base64')
const issuer = seal('ca-seal')
const x5t = at('x5t#S256')
const digest = sha256(der)
const hex = digest.toString('hex')

/** The base64 text must end in padding for some of these. */
const padded = seal(
  ['qsealc', 'qsealc-rsa-2048', 'qsealc-rsa-4096', 'qsealc-four-roles', 'qsealc-rs512', 'qsealc-serial-one'].find(
    (id) => seal(id).der.toString('base64').endsWith('='),
  ) as string,
)
const paddedText = padded.der.toString('base64')

function ofPadded(id: string, says: string, item: string): JoseVector {
  return {
    id,
    family: 'JWK-02',
    says,
    text: setOf({ ...padded.jwk, x5c: [item] }),
    findings: [['JWK_X5C_BASE64', at('x5c/0')]],
  }
}

function item(id: string, says: string, text: string, code = 'JWK_X5C_BASE64'): JoseVector {
  return changed(id, 'JWK-02', says, { x5c: [text] }, [code, at('x5c/0')])
}

/** The text with the last character before the padding one further: a bit that belongs to no octet. */
function withUnusedBits(text: string): string {
  return text.replace(/.(?==+$)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1))
}

function thumbprint(id: string, family: string, says: string, value: unknown, code: string): JoseVector {
  return changed(id, family, says, { 'x5t#S256': value }, [code, x5t])
}

/** The JWK of another certificate of the folder, whole and sound but for what the certificate is. */
function certificate(id: string, says: string, ...findings: readonly Expected[]): JoseVector {
  return { id: `certificate-${id}`, family: 'certificate', says, text: setOf(seal(id).jwk), findings }
}

const colons = (hex.match(/../g) as string[]).join(':')
const der0 = Buffer.concat([der, Buffer.of(0)])

/** The text of the necessary members (RFC 7638 3.3), written out here and not by the toolkit. */
const necessary = `{"e":"${key.e}","kty":"RSA","n":"${key.n}"}`

export const certificateVectors: readonly JoseVector[] = [
  item('x5c-base64url', 'The certificate is in base64url.', der.toString('base64url')),
  item('x5c-pem', 'The item is PEM.', pem),
  item('x5c-line-breaks', 'The base64 text is in lines of 64.', x5c.replace(/.{64}/g, '$&\n')),
  item('x5c-blank', 'A blank stands before the text.', ` ${x5c}`),
  item('x5c-escaped-line-breaks', 'The text has backslash and n for line breaks.', x5c.replace(/.{64}/g, '$&\\n')),
  item('x5c-hexadecimal', 'The certificate is hexadecimal, of a length that base64 has too.', der.toString('hex')),
  item('x5c-data-address', 'The item is a data: address.', `data:application/pkix-cert;base64,${x5c}`),
  item('x5c-empty-text', 'The item is an empty text.', '', 'DER_EMPTY'),
  item('x5c-trailing-octet', 'An octet follows the certificate.', der0.toString('base64'), 'DER_TRAILING_DATA'),
  ofPadded('x5c-padding-missing', 'The padding is missing.', paddedText.replace(/=+$/, '')),
  ofPadded(
    'x5c-padding-extra',
    'There is padding for four characters more.',
    `${paddedText.replace(/=+$/, '')}${'='.repeat(4 + (paddedText.match(/=/g) ?? []).length)}`,
  ),
  ofPadded('x5c-unused-bits', 'The last character has bits that belong to no octet.', withUnusedBits(paddedText)),
  changed('x5c-empty', 'JWK-03', 'x5c is empty.', { x5c: [] }, ['JWK_X5C_EMPTY', at('x5c')]),
  changed('x5c-text', 'JWK-03', 'x5c is a text.', { x5c }, ['JWK_MEMBER_TYPE', at('x5c')]),
  changed('x5c-object', 'JWK-03', 'x5c is an object that looks like an array.', { x5c: { 0: x5c, length: 1 } }, [
    'JWK_MEMBER_TYPE',
    at('x5c'),
  ]),
  changed('x5c-item-array', 'JWK-03', 'The item is an array.', { x5c: [[x5c]] }, ['JWK_MEMBER_TYPE', at('x5c/0')]),
  changed('x5c-item-null', 'JWK-03', 'The item is null.', { x5c: [null] }, ['JWK_MEMBER_TYPE', at('x5c/0')]),
  changed('x5c-twice', 'JWK-03', 'The certificate stands there twice.', { x5c: [x5c, x5c] }, [
    'JWK_X5C_SEVERAL',
    at('x5c/1'),
  ]),
  changed(
    'x5c-chain',
    'JWK-03',
    'The certificate of the issuer follows.',
    { x5c: [x5c, issuer.der.toString('base64')] },
    ['JWK_X5C_SEVERAL', at('x5c/1')],
  ),
  changed(
    'x5c-chain-reversed',
    'JWK-03',
    'The certificate of the issuer stands first.',
    { x5c: [issuer.der.toString('base64'), x5c] },
    ['JWK_X5C_SEVERAL', at('x5c/1')],
    ['JWK_CERTIFICATE_KIND', at('x5c/0')],
    ['JWK_KEY_MISMATCH', at('n')],
    ['JWK_X5T_S256_MISMATCH', x5t],
  ),
  changed('x5c-missing', 'JWK-03', 'x5c is missing.', { x5c: undefined }, ['JWK_MEMBER_MISSING', at('x5c')]),

  thumbprint(
    'x5t-s256-of-other',
    'JWK-04',
    'x5t#S256 is that of another QSealC.',
    seal('qsealc-four-roles').jwk['x5t#S256'],
    'JWK_X5T_S256_MISMATCH',
  ),
  thumbprint(
    'x5t-s256-of-issuer',
    'JWK-04',
    'x5t#S256 is that of the issuer.',
    issuer.jwk['x5t#S256'],
    'JWK_X5T_S256_MISMATCH',
  ),
  thumbprint(
    'x5t-s256-hexadecimal-of-other',
    'JWK-04',
    'x5t#S256 is that of another QSealC, in hexadecimal.',
    sha256(issuer.der).toString('hex'),
    'JWK_X5T_S256_MISMATCH',
  ),
  thumbprint('x5t-s256-empty', 'JWK-04', 'x5t#S256 is empty.', '', 'JWK_X5T_S256_MISMATCH'),
  thumbprint('x5t-s256-null', 'JWK-04', 'x5t#S256 is null.', null, 'JWK_MEMBER_TYPE'),
  changed('x5t-s256-missing', 'JWK-04', 'x5t#S256 is missing.', { 'x5t#S256': undefined }, ['JWK_MEMBER_MISSING', x5t]),

  thumbprint(
    'x5t-s256-of-pem',
    'JWK-05',
    'The PEM text was hashed.',
    sha256(pem).toString('base64url'),
    'JWK_X5T_S256_INPUT',
  ),
  thumbprint(
    'x5t-s256-of-pem-crlf',
    'JWK-05',
    'The PEM text was hashed, with lines as Windows ends them, in hexadecimal.',
    sha256(pem.replaceAll('\n', '\r\n')).toString('hex'),
    'JWK_X5T_S256_INPUT',
  ),
  thumbprint(
    'x5t-s256-of-base64',
    'JWK-05',
    'The base64 text was hashed.',
    sha256(x5c).toString('base64url'),
    'JWK_X5T_S256_INPUT',
  ),
  thumbprint(
    'x5t-s256-of-spki',
    'JWK-05',
    'SubjectPublicKeyInfo was hashed.',
    sha256(spki).toString('base64url'),
    'JWK_X5T_S256_INPUT',
  ),
  thumbprint(
    'x5t-s256-of-tbs',
    'JWK-05',
    'TBSCertificate was hashed.',
    sha256(toBeSigned(der)).toString('base64url'),
    'JWK_X5T_S256_INPUT',
  ),
  thumbprint(
    'x5t-s256-of-nothing',
    'JWK-05',
    'Nothing was hashed.',
    sha256('').toString('base64url'),
    'JWK_X5T_S256_INPUT',
  ),

  thumbprint('x5t-s256-hexadecimal', 'JWK-06', 'x5t#S256 is hexadecimal.', hex, 'JWK_X5T_S256_ENCODING'),
  thumbprint(
    'x5t-s256-upper-case',
    'JWK-06',
    'x5t#S256 is upper-case hexadecimal.',
    hex.toUpperCase(),
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint('x5t-s256-colons', 'JWK-06', 'x5t#S256 is hexadecimal with colons.', colons, 'JWK_X5T_S256_ENCODING'),
  thumbprint(
    'x5t-s256-upper-case-colons',
    'JWK-06',
    'x5t#S256 is upper-case hexadecimal with colons.',
    colons.toUpperCase(),
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint(
    'x5t-s256-base64url-of-hexadecimal',
    'JWK-06',
    'x5t#S256 is base64url of the hexadecimal text.',
    Buffer.from(hex).toString('base64url'),
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint(
    'x5t-s256-base64-of-hexadecimal',
    'JWK-06',
    'x5t#S256 is base64 of the upper-case hexadecimal text.',
    Buffer.from(hex.toUpperCase()).toString('base64'),
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint(
    'x5t-s256-padded',
    'JWK-06',
    'x5t#S256 has padding.',
    `${digest.toString('base64url')}=`,
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint(
    'x5t-s256-base64',
    'JWK-06',
    'x5t#S256 is standard base64.',
    digest.toString('base64'),
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint(
    'x5t-s256-line-break',
    'JWK-06',
    'A line break follows x5t#S256.',
    `${digest.toString('base64url')}\n`,
    'JWK_X5T_S256_ENCODING',
  ),
  thumbprint(
    'x5t-s256-unused-bits',
    'JWK-06',
    'The last character of x5t#S256 has a bit that belongs to no octet.',
    withUnusedBits(`${digest.toString('base64url')}=`).slice(0, -1),
    'JWK_X5T_S256_ENCODING',
  ),

  changed(
    'x5t-beside',
    'JWK-07',
    'x5t, right as SHA-1, stands beside x5t#S256.',
    { x5t: createHash('sha1').update(der).digest('base64url') },
    ['JWK_X5T', at('x5t')],
  ),
  changed(
    'x5t-instead',
    'JWK-07',
    'x5t stands in place of x5t#S256.',
    { 'x5t#S256': undefined, x5t: createHash('sha1').update(der).digest('base64url') },
    ['JWK_X5T', at('x5t')],
    ['JWK_MEMBER_MISSING', x5t],
  ),
  thumbprint(
    'x5t-s256-sha-1',
    'JWK-07',
    'x5t#S256 holds SHA-1.',
    createHash('sha1').update(der).digest('base64url'),
    'JWK_X5T_S256_HASH',
  ),
  thumbprint(
    'x5t-s256-sha-1-hexadecimal',
    'JWK-07',
    'x5t#S256 holds SHA-1 in hexadecimal.',
    createHash('sha1').update(der).digest('hex'),
    'JWK_X5T_S256_HASH',
  ),
  thumbprint(
    'x5t-s256-sha-512',
    'JWK-07',
    'x5t#S256 holds SHA-512.',
    createHash('sha512').update(der).digest('base64url'),
    'JWK_X5T_S256_HASH',
  ),

  changed('x5u', 'JWK-08', 'x5u names an address.', { x5u: 'https://psp.example/qsealc.pem' }, ['JWK_X5U', at('x5u')]),
  changed(
    'x5u-metadata',
    'JWK-08',
    'x5u names an address of the inside.',
    { x5u: 'http://169.254.169.254/latest/meta-data/' },
    ['JWK_X5U', at('x5u')],
  ),
  changed(
    'x5u-instead',
    'JWK-08',
    'x5u stands in place of x5c.',
    { x5c: undefined, x5u: 'https://psp.example/qsealc.pem' },
    ['JWK_MEMBER_MISSING', at('x5c')],
    ['JWK_X5U', at('x5u')],
  ),

  thumbprint(
    'x5t-s256-of-key',
    'JWK-19',
    'x5t#S256 is the thumbprint of the key.',
    sha256(necessary).toString('base64url'),
    'JWK_X5T_S256_THUMBPRINT',
  ),

  certificate('qwac', 'The certificate is the QWAC.', ['JWK_CERTIFICATE_KIND', at('x5c/0')]),
  certificate('ca-seal', 'The certificate is that of a CA.', ['JWK_CERTIFICATE_KIND', at('x5c/0')]),
  certificate('qsealc-esign', 'The certificate is for signatures of persons.', ['JWK_CERTIFICATE_KIND', at('x5c/0')]),
  certificate(
    'qsealc-missing-qc-statements',
    'The certificate has no QC statements; its policy says that it is a seal.',
  ),
  certificate('qsealc-pss-signature', 'The certificate is signed with RSASSA-PSS.', [
    'JWK_CERTIFICATE_PSS',
    at('x5c/0'),
  ]),
  certificate(
    'qsealc-psd2-statement-trailing',
    'The certificate has something after its PSD2 statement, which its kind does not depend on.',
  ),
  {
    ...certificate('qsealc-expired', 'The certificate ended before the moment of verification.', [
      'JWK_CERTIFICATE_EXPIRED',
      at('x5c/0'),
    ]),
    at: '2026-06-01T00:00:00Z',
  },
  {
    id: 'certificate-not-yet-valid',
    family: 'certificate',
    says: 'The certificate begins after the moment of verification.',
    text: setOf(jwk),
    at: '2025-12-31T23:59:59.999Z',
    findings: [['JWK_CERTIFICATE_NOT_YET_VALID', at('x5c/0')]],
  },
]
