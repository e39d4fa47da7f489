import type { Psd2Role, Psd2Statement } from '../../eidas/qc-statements/psd2.ts'
import { fieldPlace } from '../places.ts'
import type { Place } from '../rule.ts'
import type { CertificateSubject } from '../subject.ts'

/** A leaf for a payment service provider. A CA that carries the statement says nothing of its leaves. */
export function isPsp({ psd2, type }: CertificateSubject): boolean {
  return psd2 && type !== 'CA'
}

/** The PSD2 statement could be read: there are roles and an authority to judge. */
export function hasPsd2Statement(subject: CertificateSubject): boolean {
  return subject.psd2Statement !== undefined && isPsp(subject)
}

/** What the statement says; only for subjects that {@link hasPsd2Statement} holds for. */
export function psd2Of({ psd2Statement }: CertificateSubject): Psd2Statement {
  return psd2Statement?.decoded as Psd2Statement
}

export function rolesPlace({ certificate, psd2Statement }: CertificateSubject): Place {
  const { path, decoded } = psd2Statement as NonNullable<typeof psd2Statement>
  return fieldPlace(certificate, `${path}.statementInfo.rolesOfPSP`, decoded?.rolesOffset as number)
}

export function ncaNamePlace({ certificate, psd2Statement }: CertificateSubject): Place {
  const { path, decoded } = psd2Statement as NonNullable<typeof psd2Statement>
  return fieldPlace(certificate, `${path}.statementInfo.nCAName`, decoded?.ncaNameOffset as number)
}

export function ncaIdPlace({ certificate, psd2Statement }: CertificateSubject): Place {
  const { path, decoded } = psd2Statement as NonNullable<typeof psd2Statement>
  return fieldPlace(certificate, `${path}.statementInfo.nCAId`, decoded?.ncaIdOffset as number)
}

/** Each role with the place of its object identifier and of its name, which follows. */
export function rolesWithPlaces(subject: CertificateSubject): { role: Psd2Role; oid: Place; name: Place }[] {
  const { certificate, psd2Statement } = subject
  return psd2Of(subject).roles.map((role, index) => {
    const path = `${psd2Statement?.path}.statementInfo.rolesOfPSP[${index}]`
    const oid = fieldPlace(certificate, `${path}.roleOfPspOid`, role.offset)
    return { role, oid, name: fieldPlace(certificate, `${path}.roleOfPspName`, oid.offset + oid.length) }
  })
}

const international: ReadonlySet<string | null> = new Set(['PSP_CB', 'PSP_PA'])

/** A central bank or public authority of no single country: no national authority is competent for it (edition 1.8.1). */
export function isInternational(subject: CertificateSubject): boolean {
  return psd2Of(subject).roles.some(({ role }) => international.has(role))
}
