import { readTrustedList, verifyListSignature } from 'psd2-toolkit/lists'
import { findService, loadTrustedList, openTrustStore, packTrustStore, type VerifiedList } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { certificate, signers } from '../vectors/trusted-lists/make/material.ts'
import { signed, web } from '../vectors/trusted-lists/make/vector.ts'
import { measureAsync } from './support/measure-async.ts'
import { printRows } from './support/print.ts'

const at = new Date('2026-06-01T00:00:00Z')
const territories = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
)
const services = 100

/** The saved store of thirty lists beside one of them as XML; a lookup beside the hash that it begins with. */
export async function benchLists(): Promise<void> {
  const history = [{ ...web, from: '2020-01-01T00:00:00Z', status: 'withdrawn' }]
  const plan = Array.from({ length: services }, (_, index) => ({ ...web, name: `Service ${index}`, history }))
  const xml = new TextEncoder().encode(signed({ services: plan }))
  const own = [parseCertificate(certificate(signers.national.certificate))]
  const verified = verifyListSignature(xml, { signers: own })
  const list = await readTrustedList(xml, { signers: own, at })
  const store = await packTrustStore(territories.map((territory, index) => withKeys(list, territory, index)))
  const opened = await openTrustStore(store)
  const issuer = keyOf(list, 17, 42)
  console.log(
    `${territories.length} lists of ${services} services: ${store.length} octets; one as XML: ${xml.length} octets`,
  )
  const rows = await measureAsync(
    {
      'one list, verified and read': () => readTrustedList(xml, { signers: own, at }),
      'one list, read': () => loadTrustedList(xml, { verify: () => verified, signers: own, at }),
      'the store of all, opened': () => openTrustStore(store),
      'a service of the store, found': () => findService(opened, { issuer, use: 'web', at }),
    },
    7,
  )
  printRows(rows, ['one list, read', 'the store of all, opened'])
}

/** A list with keys of its own, as long as real ones: 2048 bits of RSA. */
function withKeys(list: VerifiedList, territory: string, number: number): VerifiedList {
  return {
    ...list,
    territory,
    services: list.services.map((service, index) => ({
      ...service,
      keys: service.keys.map((key) => ({ ...key, spki: keyOf(list, number, index) })),
    })),
  }
}

function keyOf({ services: [first] }: VerifiedList, list: number, service: number): Uint8Array {
  const spki = (first?.keys[0]?.spki ?? new Uint8Array(294)).slice()
  spki[40] = list
  spki[41] = service
  return spki
}
