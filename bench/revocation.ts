import { createHash } from 'node:crypto'
import { createCrl, createTestAuthority } from 'psd2-toolkit/issuance'
import { checkRevocation, createRevocationChecker } from 'psd2-toolkit/trust'
import { parseCertificate, parseCrl } from 'psd2-toolkit/x509'
import { measureAsync } from './support/measure-async.ts'
import { printRows } from './support/print.ts'

const at = new Date('2026-06-01T00:00:00Z')

/** A list of a million entries: reading, looking up, what it holds. A list of a thousand: the whole question. */
export async function benchRevocation(): Promise<void> {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('run with --expose-gc')
  const { webCa, issueQwac } = await createTestAuthority({ keyAlgorithm: 'P-256', at })
  const certificate = parseCertificate((await issueQwac({ keyAlgorithm: 'P-256' })).certificate)
  const issuer = parseCertificate(webCa.certificate)
  const date = new Date('2026-05-01T00:00:00Z')
  const listOf = (size: number) => {
    const revoked = Array.from({ length: size }, (_, i) => ({
      serialNumber: 0x5000_0000_0000_0000_0000_0000_0000n + BigInt(i) * 7919n,
      date,
      reason: 'cessationOfOperation' as const,
    }))
    return createCrl({ issuer: webCa, thisUpdate: date, nextUpdate: new Date('2026-07-01T00:00:00Z'), revoked })
  }

  const large = await listOf(1_000_000)
  gc()
  gc()
  const before = process.memoryUsage()
  const start = performance.now()
  const list = parseCrl(large)
  const read = performance.now() - start
  const serial = certificate.serial.value
  const none = [...list.find(serial)].length
  const indexed = performance.now() - start - read
  gc()
  const after = process.memoryUsage()
  const kept = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6
  const hashStart = performance.now()
  createHash('sha256').update(large).digest()
  const hashed = performance.now() - hashStart
  console.log(
    `${list.size} entries, ${(large.length / 1e6).toFixed(0)} MB: read in ${(read / hashed).toFixed(1)} x SHA-256 of it, indexed in ${(indexed / hashed).toFixed(1)} x, ${kept.toFixed(1)} MB kept beside the octets, ${none} found`,
  )

  const small = await listOf(1000)
  const check = createRevocationChecker({ crls: [small] })
  const warm = createRevocationChecker({ crls: [list] })
  const rows = await measureAsync(
    {
      'SHA-256 of 32 octets': async () => createHash('sha256').update(serial).digest(),
      'a thousand entries, read and verified': () => checkRevocation({ certificate, issuer, at, crls: [small] }),
      'a thousand entries, checker': () => check({ certificate, issuer, at }),
      'a million entries, checker': () => warm({ certificate, issuer, at }),
    },
    3,
  )
  printRows(rows, ['SHA-256 of 32 octets'])
}
