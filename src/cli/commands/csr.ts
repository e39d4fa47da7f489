import { Command, Option } from 'commander'
import { given } from '../../core/given.ts'
import { type CertificateRequestOptions, createCertificateRequest, type LeafKind } from '../../issuance/index.ts'
import { type OutputFile, readText, refuseExisting, writeFiles } from './issuance-files.ts'
import { kinds, type PspValues, pspOptions, pspProfile, refuseDnsForSeal, type WriteOut } from './issuance-options.ts'

interface CsrValues extends PspValues {
  readonly out: string
  readonly kind: string
  readonly locality?: string
  readonly state?: string
  readonly street?: string
  readonly postalCode?: string
  readonly businessCategory?: string
  readonly jurisdictionCountry?: string
  readonly subjectSerialNumber?: string
  readonly key?: string
  readonly force?: true
}

/**
 * `psd2 csr`: a PKCS#10 request for a QWAC or QSealC as a file, with a new key beside it or with a key that is there.
 * Rejects with `TypeError` or an error of commander on wrong usage and with `Psd2Error` where the key cannot be read.
 */
export function csrCommand(write: WriteOut = (text) => void process.stdout.write(text)): Command {
  const command = new Command('csr')
    .description('make a certificate request for a QWAC or a QSealC')
    .requiredOption('--out <folder>', 'folder to write to')
    .addOption(new Option('--kind <kind>', 'what to ask for').choices(Object.keys(kinds)).makeOptionMandatory())
  for (const option of pspOptions()) command.addOption(option)
  return command
    .option('--locality <name>', 'localityName')
    .option('--state <name>', 'stateOrProvinceName')
    .option('--street <address>', 'streetAddress')
    .option('--postal-code <code>', 'postalCode')
    .option('--business-category <category>', 'businessCategory, such as "Private Organization"')
    .option('--jurisdiction-country <code>', 'jurisdictionCountryName')
    .option('--subject-serial-number <number>', 'serialNumber of the subject: its registration number')
    .option('--key <file>', 'PKCS#8 PEM of the key to certify, instead of a new one')
    .option('--force', 'replace files that are there')
    .action((values: CsrValues) => csr(values, write))
}

async function csr(values: CsrValues, write: WriteOut): Promise<void> {
  const { out, force = false } = values
  const kind = kinds[values.kind] as LeafKind
  refuseDnsForSeal(values.kind, values.dns)
  const names = values.key === undefined ? ['request.pem', 'request.key'] : ['request.pem']
  await refuseExisting(out, names, force)
  const key = values.key === undefined ? undefined : await readText(values.key)
  const { keyAlgorithm, signatureAlgorithm } = values
  const options = {
    kind,
    ...pspProfile(values, kind),
    ...subject(values),
    ...given({ key, keyAlgorithm, signatureAlgorithm }),
  }
  // What is missing the library says, under the names that it and the certificate have.
  const request = await createCertificateRequest(options as unknown as CertificateRequestOptions)
  const files: OutputFile[] = [{ name: 'request.pem', text: request.pem() }]
  if (key === undefined) files.push({ name: 'request.key', text: await request.privateKeyPem(), secret: true })
  await writeFiles(out, files, force, write)
}

function subject(values: CsrValues): Record<string, unknown> {
  return given({
    localityName: values.locality,
    stateOrProvinceName: values.state,
    streetAddress: values.street,
    postalCode: values.postalCode,
    businessCategory: values.businessCategory,
    jurisdictionCountryName: values.jurisdictionCountry,
    subjectSerialNumber: values.subjectSerialNumber,
  })
}
