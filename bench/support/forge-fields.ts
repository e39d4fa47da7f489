import forge from 'node-forge'

/** A node of the tree that node-forge makes of DER. */
interface Node {
  readonly type: number
  readonly value: string | readonly Node[]
}

interface ForgeExtension {
  readonly id: string
  readonly value: string
  readonly altNames?: readonly { readonly value: string }[]
}

/** Extensions that node-forge decodes by itself: keyUsage, basicConstraints, extKeyUsage, alternative names, key identifier. */
const decoded = new Set(['2.5.29.15', '2.5.29.19', '2.5.29.37', '2.5.29.17', '2.5.29.18', '2.5.29.14'])

/**
 * The fields that {@link allFields} reads, by node-forge: names, alternative names and usages as it decodes them, the
 * object identifiers and texts of policies, addresses and statements out of the trees that it makes.
 */
export function forgeFields(der: Uint8Array): number {
  const binary = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1')
  const certificate = forge.pki.certificateFromAsn1(forge.asn1.fromDer(binary))
  let length = certificate.validity.notBefore.getTime() + certificate.validity.notAfter.getTime()
  for (const { value } of certificate.issuer.attributes) length += String(value).length
  for (const { value } of certificate.subject.attributes) length += String(value).length
  for (const extension of certificate.extensions as ForgeExtension[]) {
    for (const { value } of extension.altNames ?? []) length += value.length
    if (!decoded.has(extension.id)) length += textOf(forge.asn1.fromDer(extension.value) as unknown as Node)
  }
  return length
}

/** Every object identifier and string below a node, made into text as the certificate's reader would. */
function textOf({ type, value }: Node): number {
  if (typeof value !== 'string') return value.reduce((length, node) => length + textOf(node), 0)
  if (type === forge.asn1.Type.OID) return forge.asn1.derToOid(value).length
  if (type === forge.asn1.Type.UTF8) return forge.util.decodeUtf8(value).length
  return value.length
}
