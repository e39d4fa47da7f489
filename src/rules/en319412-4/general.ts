import type { GeneralName } from '../../x509/extensions/general-name.ts'
import { isGeneral } from '../applies.ts'
import { problemOfAltName } from '../cabf/alt-names.ts'
import { attributePlace, extensionPlace, placeOfExtension } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194124Clause } from './citation.ts'

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** EN 319 412-4 WEB-4.1.3-4 a. */
export const serverAuth: CertificateRule = {
  id: 'en319412-4.server-auth',
  requirement: 'EN319412-4:WEB-4.1.3-4-eku',
  citation: en3194124Clause('WEB-4.1.3-4'),
  modal: 'shall',
  grounding: 'A',
  title: 'extKeyUsage of a certificate under QNCP-w-gen has serverAuth',
  breach: 'extKeyUsage lacks serverAuth',
  why: 'software for TLS refuses a certificate that is not for it',
  mend: 'have the certificate issued with serverAuth, and clientAuth for use as a TLS client',
  applies: isGeneral,
  check: ({ certificate, extensions: { extKeyUsage } }, report) => {
    if (extKeyUsage !== undefined && extKeyUsage.decoded === undefined) return
    if (extKeyUsage?.decoded?.includes(SERVER_AUTH) === true) return
    report(placeOfExtension(certificate, 'extKeyUsage'), {
      ...(extKeyUsage?.decoded === undefined ? {} : { actual: extKeyUsage.decoded.join(', ') }),
      expected: SERVER_AUTH,
    })
  },
}

/** EN 319 412-4 WEB-4.1.3-4 b. */
export const generalNames: CertificateRule = {
  id: 'en319412-4.alternative-names',
  requirement: 'EN319412-4:WEB-4.1.3-4-san',
  citation: en3194124Clause('WEB-4.1.3-4'),
  modal: 'shall',
  grounding: 'A',
  title:
    'subjectAltName of a certificate under QNCP-w-gen has host names and addresses that somebody can own, nothing else',
  why: 'software for TLS knows a host by subjectAltName alone',
  mend: 'have the certificate issued with the host names in subjectAltName',
  applies: isGeneral,
  check: ({ certificate, extensions: { subjectAltName } }, report) => {
    if (subjectAltName === undefined) {
      report(placeOfExtension(certificate, 'subjectAltName'), { message: 'subjectAltName is missing' })
      return
    }
    for (const [index, name] of (subjectAltName.decoded ?? []).entries()) {
      const message = problemOfAltName(name)
      if (message === undefined) continue
      report(
        { path: `${extensionPlace(subjectAltName).path}[${index}]`, offset: name.offset, length: name.length },
        { message, actual: name.text },
      )
    }
  },
}

/** A host name or an address: no blank, a dot inside, nothing that host names do not have. */
const hostLike = /^(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*$/

/** EN 319 412-4 WEB-4.1.3-4 c and d, and what browsers ask of every certificate for web sites. */
export const commonName: CertificateRule = {
  id: 'en319412-4.common-name',
  requirement: 'EN319412-4:WEB-4.1.3-4-cn',
  citation: en3194124Clause('WEB-4.1.3-4'),
  modal: 'shall',
  grounding: 'A',
  title: 'a host name in commonName stands in subjectAltName too',
  breach: 'commonName is a host that subjectAltName lacks',
  why: 'old software goes by commonName, new software by subjectAltName: each takes the certificate for another host',
  mend: 'have the certificate issued with the host name in subjectAltName, or without it in commonName',
  applies: ({ type, subjectName }) => type === 'QWAC' && subjectName.commonName.length > 0,
  check: ({ certificate, subjectName, extensions: { subjectAltName } }, report) => {
    if (subjectAltName !== undefined && subjectAltName.decoded === undefined) return
    for (const attribute of subjectName.commonName) {
      // A name longer than any host is that of somebody.
      if (attribute.length > 253) continue
      const { text } = attribute
      if (!hostLike.test(text) || isAmong(text.toLowerCase(), subjectAltName?.decoded ?? [])) continue
      report(attributePlace(certificate, 'subject', attribute), { actual: text })
    }
  },
}

function isAmong(host: string, names: readonly GeneralName[]): boolean {
  return names.some(
    (name) =>
      (name.kind === 'iPAddress' || (name.kind === 'dNSName' && name.length === host.length)) &&
      name.text.toLowerCase() === host,
  )
}
