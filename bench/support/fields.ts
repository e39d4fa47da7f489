import { psd2Attributes } from 'psd2-toolkit/eidas'
import { type Certificate, parseCertificate } from 'psd2-toolkit/x509'

/** What an API guard needs of a certificate: identifier, roles, authority, algorithms, validity, usages. */
export function neededFields(der: Uint8Array): number {
  const certificate = parseCertificate(der)
  const { organizationIdentifier, roles, ncaId } = psd2Attributes(certificate)
  const usage = certificate.extension('keyUsage')?.decoded?.bits ?? 0
  const purposes = certificate.extension('extKeyUsage')?.decoded?.length ?? 0
  return (organizationIdentifier?.value.length ?? 0) + roles.length + (ncaId?.length ?? 0) + usage + purposes
}

/** Everything: each string of names, alternative names, policies, addresses and statements made into text. */
export function allFields(der: Uint8Array): number {
  const certificate = parseCertificate(der)
  return textOf(certificate) + psd2Attributes(certificate).roles.length
}

function textOf(certificate: Certificate): number {
  let length = certificate.validity.notBefore.getTime() + certificate.validity.notAfter.getTime()
  for (const attribute of certificate.issuer.attributes) length += attribute.text.length
  for (const attribute of certificate.subject.attributes) length += attribute.text.length
  for (const name of certificate.extension('subjectAltName')?.decoded ?? []) length += name.text.length
  for (const { method, location } of certificate.extension('authorityInfoAccess')?.decoded ?? []) {
    length += method.length + location.text.length
  }
  for (const { fullName } of certificate.extension('cRLDistributionPoints')?.decoded ?? []) {
    for (const name of fullName) length += name.text.length
  }
  for (const { oid, qualifiers } of certificate.extension('certificatePolicies')?.decoded ?? []) {
    length += oid.length
    for (const qualifier of qualifiers) length += qualifier.cps?.length ?? 0
  }
  for (const purpose of certificate.extension('extKeyUsage')?.decoded ?? []) length += purpose.length
  length += certificate.extension('keyUsage')?.decoded?.bits ?? 0
  return length
}
