import { equalBytes } from '../../core/bytes.ts'
import type { Name } from '../../x509/name.ts'
import { extensionPlace, namePlace, validityPlace } from '../places.ts'
import type { Place } from '../rule.ts'
import type { CertificateRule } from '../subject.ts'

const common = { modal: 'shall', grounding: 'C' } as const

/** Same attributes in the same places, their texts alike but for case and spaces (RFC 5280 7.1). */
function sameName(a: Name, b: Name): boolean {
  if (equalBytes(a.value, b.value)) return true
  if (a.attributes.length !== b.attributes.length) return false
  return a.attributes.every((attribute, index) => {
    const other = b.attributes[index]
    return (
      other !== undefined &&
      attribute.oid === other.oid &&
      attribute.rdn === other.rdn &&
      folded(attribute.text) === folded(other.text)
    )
  })
}

function folded(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}

const nameChain: CertificateRule = {
  ...common,
  id: 'issuer.name',
  requirement: 'CA:name-chain',
  citation: { document: 'RFC 5280', clause: '6.1.3' },
  title: 'the issuer named in the certificate is the subject of the issuing certificate',
  why: 'path validation finds the issuer by its name',
  mend: 'use the certificate of the authority that issued this one',
  needs: ['issuer'],
  check: ({ certificate }, report, { issuer }) => {
    if (issuer === undefined || sameName(certificate.issuer, issuer.subject)) return
    report(namePlace(certificate, 'issuer'), { actual: String(certificate.issuer), expected: String(issuer.subject) })
  },
}

const keyIdentifier: CertificateRule = {
  ...common,
  id: 'issuer.key-identifier',
  requirement: 'CA:aki-ski',
  citation: { document: 'RFC 5280', clause: '4.2.1.1' },
  title: 'authorityKeyIdentifier is subjectKeyIdentifier of the issuer',
  why: 'where an authority has several keys, path validation tries the one that is named first, or only that one',
  mend: 'use the certificate of the very key that signed this one',
  needs: ['issuer'],
  applies: ({ certificate }) => certificate.extension('authorityKeyIdentifier')?.decoded?.keyIdentifier !== undefined,
  check: ({ certificate }, report, { issuer }) => {
    const extension = certificate.extension('authorityKeyIdentifier')
    const actual = extension?.decoded?.keyIdentifier
    const expected = issuer?.extension('subjectKeyIdentifier')?.decoded
    if (extension === undefined || actual === undefined || expected?.hex === actual.hex) return
    const message = expected === undefined ? 'the issuer has no subjectKeyIdentifier' : 'the key identifiers differ'
    report(extensionPlace(extension), {
      message,
      actual: actual.hex,
      ...(expected === undefined ? {} : { expected: expected.hex }),
    })
  },
}

const signature: CertificateRule = {
  ...common,
  id: 'issuer.signature',
  requirement: 'CA:signature',
  citation: { document: 'RFC 5280', clause: '6.1.3' },
  title: 'the signature of the certificate verifies under the key of the issuer',
  why: 'a certificate whose signature does not verify was issued by somebody else, or changed since',
  mend: 'get the certificate from the authority again; a copy that was edited cannot be mended',
  needs: ['issuerSignature'],
  check: ({ certificate }, report, { issuerSignature }) => {
    if (issuerSignature !== 'invalid') return
    const { offset, length } = certificate.signature
    report({ path: 'signatureValue', offset, length }, { message: 'the signature does not verify' })
  },
}

const dates: CertificateRule = {
  ...common,
  id: 'issuer.dates',
  requirement: 'CA:dates',
  citation: { document: 'RFC 5280', clause: '6.1.3' },
  title: 'certificate and issuer are valid at the time of the audit',
  why: 'TLS and signatures fail from the second on at which one of the two ends',
  mend: 'use a certificate that is valid now; renew in time',
  check: ({ certificate }, report, { at, issuer }) => {
    const { validity } = certificate
    if (!validity.includes(at)) {
      const early = at.getTime() < validity.notBefore.getTime()
      const end = early ? validity.notBefore : validity.notAfter
      report(validityPlace(certificate), {
        message: early ? 'the certificate is not valid yet' : 'the certificate has expired',
        actual: `${early ? 'from' : 'until'} ${second(end)}`,
        expected: `valid at ${second(at)}`,
      })
    }
    if (issuer === undefined || issuer.validity.includes(at)) return
    const { notBefore, notAfter } = issuer.validity
    report(namePlace(certificate, 'issuer'), {
      message: 'the issuer is not valid',
      actual: `${second(notBefore)} to ${second(notAfter)}`,
      expected: `valid at ${second(at)}`,
    })
  },
}

const soon = 30 * 86_400_000

const expiresSoon: CertificateRule = {
  id: 'issuer.expires-soon',
  requirement: 'CA:dates',
  citation: { document: 'practice', clause: 'renewal of certificates' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'certificate and issuer are valid for thirty more days',
  why: 'a bank may take two weeks to load a new authority: who renews late stands still',
  mend: 'have the next certificate issued now',
  check: ({ certificate }, report, { at, issuer }) => {
    const complain = (place: Place, message: string, end: Date): void => {
      const left = end.getTime() - at.getTime()
      if (left >= 0 && left < soon) report(place, { message, actual: `until ${second(end)}` })
    }
    complain(validityPlace(certificate), 'the certificate ends within thirty days', certificate.validity.notAfter)
    if (issuer === undefined) return
    complain(namePlace(certificate, 'issuer'), 'the issuer ends within thirty days', issuer.validity.notAfter)
  },
}

function second(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, 'Z')
}

export const chainRules: readonly CertificateRule[] = [nameChain, keyIdentifier, signature, dates, expiresSoon]
