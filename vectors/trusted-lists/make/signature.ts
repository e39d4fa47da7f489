import { listText, replaceOnce } from './list.ts'
import { signers } from './material.ts'
import { signList } from './sign.ts'
import { type ListVector, seal, signed, web } from './vector.ts'

const sound = signed()
const signature = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(sound)?.[0] as string
const info = /<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/.exec(sound)?.[0] as string
const provider = /<TrustServiceProviderList>[\s\S]*<\/TrustServiceProviderList>/.exec(sound)?.[0] as string
const services = ['Web sites: granted', 'Seals: granted']
const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** A list that was changed after it was signed. */
function changed(id: string, family: string, error: string, says: string, part: string, by: string): ListVector {
  return { id, family, says, text: replaceOnce(sound, part, by), error }
}

const root = '<TrustServiceStatusList'
const forged = provider.replaceAll('Test QTSP', 'Forged QTSP')

export const signatureVectors: readonly ListVector[] = [
  {
    id: 'control',
    family: 'control',
    says: 'A list of version 5 with a service for web sites and one for seals.',
    text: sound,
    error: null,
    services,
  },
  {
    id: 'control-version-6',
    family: 'control',
    says: 'The same in version 6: types at supply points, SigningCertificateV2.',
    text: signed({ version: '6' }, { v2: true }),
    error: null,
    services,
  },
  {
    id: 'control-rsa-sha512',
    family: 'control',
    says: 'Signed with RSA and SHA-512, digests SHA-512 too.',
    text: signed(
      {},
      {
        algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
        digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
      },
    ),
    error: null,
    services,
  },
  {
    ...changed(
      'control-comment',
      'control',
      '',
      'A comment stands between elements, where it changes nothing.',
      '<SchemeInformation>',
      '<SchemeInformation><!-- note -->',
    ),
    error: null,
    services,
  },
  {
    ...changed(
      'control-object',
      'control',
      '',
      'Beside the signed octets, in an Object of the signature, stands a forged service, which nobody reads.',
      '</ds:Signature>',
      `<ds:Object>${forged}</ds:Object></ds:Signature>`,
    ),
    error: null,
    services,
  },

  changed('doctype', 'TSL-01', 'XML_DOCTYPE', 'There is a document type.', root, `<!DOCTYPE list>${root}`),
  changed(
    'doctype-lower-case',
    'TSL-01',
    'XML_DOCTYPE',
    'There is a document type in lower case, which is no XML.',
    root,
    `<!doctype list>${root}`,
  ),
  changed(
    'external-entity',
    'TSL-01',
    'XML_DOCTYPE',
    'An external entity names a file.',
    root,
    `<!DOCTYPE list [<!ENTITY x SYSTEM "file:///etc/hostname">]>${root}`,
  ),
  changed(
    'billion-laughs',
    'TSL-01',
    'XML_DOCTYPE',
    'Entities multiply.',
    root,
    `<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${root}`,
  ),
  changed(
    'entity',
    'TSL-01',
    'XML_ENTITY',
    'A reference to an entity that nothing declares.',
    'Test QTSP',
    'Test &qtsp;',
  ),
  changed(
    'entity-with-dots',
    'TSL-01',
    'XML_CHARACTER',
    'A character reference to what no text has.',
    'Test QTSP',
    'Test &#0;',
  ),

  {
    id: 'wrapped-root',
    family: 'TSL-02',
    says: 'The signed list stands inside of a forged one.',
    text:
      replaceOnce(sound, root, `${root} xmlns="http://uri.etsi.org/02231/v2#">${forged}${root}`) +
      '</TrustServiceStatusList>',
    error: 'TSL_SIGNATURE_PLACE',
  },
  changed(
    'signature-moved',
    'TSL-02',
    'TSL_SIGNATURE_PLACE',
    'The signature stands in the list of providers.',
    `</TrustServiceProviderList>\n${signature}`,
    `${signature}</TrustServiceProviderList>`,
  ),
  changed(
    'signature-of-other-namespace',
    'TSL-02',
    'TSL_SIGNATURE_TWICE',
    'An element called Signature in another namespace stands beside.',
    signature,
    `<Signature xmlns="urn:example"/>${signature}`,
  ),
  {
    id: 'reference-by-id',
    family: 'TSL-02',
    says: 'Only the providers are signed, by their Id; the rest could be anything.',
    text: signed({}, { reference: 'TrustServiceProviderList' }),
    error: 'TSL_REFERENCES',
  },
  {
    id: 'without-properties',
    family: 'TSL-02',
    says: 'The signed properties are not signed.',
    text: signed({}, { withoutProperties: true }),
    error: 'TSL_REFERENCES',
  },
  changed(
    'properties-twice',
    'TSL-02',
    'TSL_REFERENCES',
    'Another element has the Id of the signed properties.',
    '<SchemeInformation>',
    '<SchemeInformation Id="properties">',
  ),
  {
    id: 'transform-xpath',
    family: 'TSL-02',
    says: 'A transform cuts a part away before the digest.',
    text: replaceOnce(
      sound,
      `<ds:Transform Algorithm="${c14n}"/>`,
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>',
    ),
    error: 'TSL_TRANSFORMS',
  },
  {
    id: 'transform-missing',
    family: 'TSL-02',
    says: 'The list is canonicalised by inclusive C14N, because no transform says otherwise.',
    text: signed({}, { transforms: [enveloped] }),
    error: 'TSL_TRANSFORMS',
  },
  {
    id: 'transform-comments',
    family: 'TSL-02',
    says: 'The list is canonicalised with its comments.',
    text: signed({}, { transforms: [enveloped, `${c14n}WithComments`] }),
    error: 'TSL_TRANSFORMS',
  },
  {
    id: 'canonicalization-inclusive',
    family: 'TSL-02',
    says: 'SignedInfo is canonicalised by inclusive C14N.',
    text: signed({}, { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }),
    error: 'TSL_CANONICALIZATION',
  },
  changed(
    'signature-twice',
    'TSL-02',
    'TSL_SIGNATURE_TWICE',
    'The signature stands there twice.',
    signature,
    signature + signature,
  ),
  changed(
    'signature-forged-beside',
    'TSL-02',
    'TSL_SIGNATURE_TWICE',
    'An unsigned signature holds a forged service.',
    signature,
    `${signature}<ds:Signature><ds:Object>${forged}</ds:Object></ds:Signature>`,
  ),
  changed(
    'service-more',
    'TSL-02',
    'TSL_DIGEST_MISMATCH',
    'A service was added after signing.',
    '</TrustServiceProviderList>',
    `</TrustServiceProviderList>${forged}`,
  ),
  changed(
    'status-changed',
    'TSL-02',
    'TSL_DIGEST_MISMATCH',
    'A status was changed after signing.',
    'Svcstatus/granted',
    'Svcstatus/withdrawn',
  ),
  changed(
    'properties-changed',
    'TSL-02',
    'TSL_DIGEST_MISMATCH',
    'The time of signing was changed.',
    '2026-05-01T00:00:00Z</xades',
    '2026-05-02T00:00:00Z</xades',
  ),
  {
    id: 'signature-missing',
    family: 'TSL-02',
    says: 'There is no signature.',
    text: listText({ services: [web, seal] }),
    error: 'TSL_SIGNATURE_MISSING',
  },

  changed('signed-info-twice', 'TSL-03', 'TSL_SIGNATURE_SHAPE', 'SignedInfo stands there twice.', info, info + info),
  changed(
    'signed-info-in-object',
    'TSL-03',
    'TSL_SIGNATURE_SHAPE',
    'A second SignedInfo is hidden in an Object.',
    '</ds:Signature>',
    `<ds:Object>${info}</ds:Object></ds:Signature>`,
  ),
  changed(
    'comment-in-digest',
    'TSL-03',
    'XML_COMMENT_IN_VALUE',
    'A comment stands inside of DigestValue.',
    '<ds:DigestValue>',
    '<ds:DigestValue>A<!-- -->',
  ),
  changed(
    'comment-in-status',
    'TSL-03',
    'XML_COMMENT_IN_VALUE',
    'A comment stands inside of a status.',
    'Svcstatus/granted',
    'Svcstatus/gran<!-- -->ted',
  ),
  changed(
    'instruction-in-status',
    'TSL-03',
    'XML_INSTRUCTION',
    'A processing instruction stands inside of a status.',
    'Svcstatus/granted',
    'Svcstatus/gran<?x ?>ted',
  ),
  changed(
    'instruction-before',
    'TSL-03',
    'XML_INSTRUCTION',
    'A processing instruction stands before the root.',
    root,
    `<?xml-stylesheet href="x"?>${root}`,
  ),
  changed(
    'digest-twice',
    'TSL-03',
    'TSL_FIELD_TWICE',
    'A reference has two digests.',
    '<ds:DigestValue>',
    '<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>',
  ),

  {
    id: 'signer-unknown',
    family: 'TSL-04',
    says: 'Signed by a certificate that nothing points to.',
    text: signed({}, { signer: signers.stranger }),
    error: 'TSL_SIGNER_UNKNOWN',
  },
  {
    id: 'signer-of-list-of-lists',
    family: 'TSL-04',
    says: 'Signed by the signer of the list of lists, who may not sign this one.',
    text: signed({}, { signer: signers.lists }),
    error: 'TSL_SIGNER_UNKNOWN',
  },
  {
    id: 'signer-pretended',
    family: 'TSL-04',
    says: 'Signed by a stranger, with the certificate of the operator beside.',
    text: signed({}, { signer: signers.stranger, keyInfo: 'qsealc-rsa-2048', named: 'qsealc-rsa-2048' }),
    error: 'TSL_SIGNATURE_INVALID',
  },
  {
    id: 'signer-named-other',
    family: 'TSL-04',
    says: 'The signed properties name another certificate.',
    text: signed({}, { named: 'qwac' }),
    error: 'TSL_SIGNING_CERTIFICATE',
  },
  changed(
    'key-info-missing',
    'TSL-04',
    'TSL_SIGNATURE_SHAPE',
    'There is no KeyInfo.',
    /<ds:KeyInfo>.*<\/ds:KeyInfo>/.exec(sound)?.[0] as string,
    '',
  ),
  changed(
    'key-info-empty',
    'TSL-04',
    'TSL_KEY_INFO',
    'KeyInfo has no certificate.',
    /<ds:X509Data>.*<\/ds:X509Data>/.exec(sound)?.[0] as string,
    '<ds:KeyName>operator</ds:KeyName>',
  ),
  changed(
    'signature-value',
    'TSL-04',
    'TSL_SIGNATURE_INVALID',
    'The signature has another first octet.',
    '<ds:SignatureValue>',
    '<ds:SignatureValue>AAAA',
  ),
  {
    id: 'algorithm-sha-1',
    family: 'TSL-04',
    says: 'Signed with RSA and SHA-1.',
    text: replaceOnce(
      sound,
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    ),
    error: 'TSL_SIGNATURE_ALGORITHM',
  },
  {
    id: 'algorithm-hmac',
    family: 'TSL-04',
    says: 'An HMAC whose secret is what everybody knows.',
    text: replaceOnce(
      sound,
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
    ),
    error: 'TSL_SIGNATURE_ALGORITHM',
  },
  {
    id: 'algorithm-prototype',
    family: 'TSL-04',
    says: 'The algorithm is called constructor.',
    text: replaceOnce(sound, 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'constructor'),
    error: 'TSL_SIGNATURE_ALGORITHM',
  },
  {
    id: 'algorithm-of-other-key',
    family: 'TSL-04',
    says: 'ECDSA is named, and the key is RSA.',
    text: replaceOnce(sound, 'rsa-sha256', 'ecdsa-sha256'),
    error: 'TSL_SIGNER_KEY',
  },
  {
    id: 'digest-sha-1',
    family: 'TSL-04',
    says: 'The digest of the list is SHA-1.',
    text: signed({}, { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }),
    error: 'TSL_DIGEST_ALGORITHM',
  },
  {
    id: 'signature-of-other-list',
    family: 'TSL-04',
    says: 'The signature is that of another list of the operator.',
    text: replaceOnce(
      sound,
      signature,
      /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(signed({ sequenceNumber: '6' }))?.[0] as string,
    ),
    error: 'TSL_DIGEST_MISMATCH',
  },
  {
    id: 'signed-text',
    family: 'TSL-02',
    says: 'The list was signed with another text than it has now.',
    text: replaceOnce(signList(listText({ services: [web] }), { signer: signers.national }), 'Web sites', 'Web shops'),
    error: 'TSL_DIGEST_MISMATCH',
  },
]
