import { certificate } from './material.ts'

const uri = 'http://uri.etsi.org/TrstSvc'

/** A status of a service, current or past. */
export interface StatusPlan {
  /** Last part of the URI, or a whole URI. */
  readonly status: string
  readonly from: string
  readonly type?: string
  readonly uses?: readonly ('ForWebSiteAuthentication' | 'ForeSeals' | 'ForeSignatures' | 'RootCA-QC')[]
  /** Extension elements as they are, beside those of `uses`. */
  readonly extensions?: string
}

export interface ServicePlan extends StatusPlan {
  readonly name: string
  /** Ids of certificates of the vectors, or whole DigitalId elements. */
  readonly identities: readonly string[]
  readonly history?: readonly StatusPlan[]
}

export interface PointerPlan {
  readonly territory: string
  readonly location: string
  readonly type?: string
  readonly mimeType?: string
  /** Ids of certificates. */
  readonly signers: readonly string[]
}

/** A list to write; what is absent is as in a sound national list of France. */
export interface ListPlan {
  readonly version?: string
  readonly sequenceNumber?: string
  readonly type?: string
  readonly territory?: string
  readonly issued?: string
  /** Empty for a closed list. */
  readonly nextUpdate?: string
  readonly uris?: readonly string[]
  readonly pointers?: readonly PointerPlan[]
  readonly services?: readonly ServicePlan[]
  /** Exchanges in the text before it is signed. */
  readonly exchange?: readonly (readonly [part: string, by: string])[]
}

/** The text of a list, in the manner of published ones, without its signature. */
export function listText(plan: ListPlan): string {
  const {
    version = '5',
    sequenceNumber = '7',
    type = 'EUgeneric',
    territory = 'FR',
    issued = '2026-05-01T00:00:00Z',
    nextUpdate = '2026-11-01T00:00:00Z',
    uris = ['https://lists.example.com/'],
    pointers = [],
    services = [],
    exchange = [],
  } = plan
  const text = `<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:tslx="http://uri.etsi.org/02231/v2/additionaltypes#" xmlns:ecc="${uri}/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Id="list" TSLTag="http://uri.etsi.org/19612/TSLTag">
  <SchemeInformation>
    <TSLVersionIdentifier>${version}</TSLVersionIdentifier>
    <TSLSequenceNumber>${sequenceNumber}</TSLSequenceNumber>
    <TSLType>${type.includes(':') ? type : `${uri}/TrustedList/TSLType/${type}`}</TSLType>
    <SchemeOperatorName><Name xml:lang="fr">Exploitant d'essai</Name><Name xml:lang="en">Test operator &amp; Co</Name></SchemeOperatorName>
    <SchemeInformationURI>${uris.map((item) => `<URI xml:lang="en">${item}</URI>`).join('')}</SchemeInformationURI>
    <SchemeTerritory>${territory}</SchemeTerritory>
    <ListIssueDateTime>${issued}</ListIssueDateTime>
    <NextUpdate>${nextUpdate === '' ? '' : `<dateTime>${nextUpdate}</dateTime>`}</NextUpdate>
    <PointersToOtherTSL>${pointers.map(pointerText).join('')}</PointersToOtherTSL>
  </SchemeInformation>
  <TrustServiceProviderList>
    <TrustServiceProvider>
      <TSPInformation><TSPName><Name xml:lang="en">Test QTSP</Name></TSPName></TSPInformation>
      <TSPServices>${services.map((service) => serviceText(service, version)).join('')}</TSPServices>
    </TrustServiceProvider>
  </TrustServiceProviderList>
</TrustServiceStatusList>`
  return exchange.reduce((whole, [part, by]) => replaceOnce(whole, part, by), text)
}

/** Exchanges the first occurrence; throws where there is none, so that no vector is sound by accident. */
export function replaceOnce(text: string, part: string, by: string): string {
  const at = text.indexOf(part)
  if (at < 0) throw new Error(`the list does not have ${part}`)
  return text.slice(0, at) + by + text.slice(at + part.length)
}

function base64(id: string): string {
  return Buffer.from(certificate(id)).toString('base64')
}

function identityText(id: string): string {
  return id.startsWith('<') ? id : `<DigitalId><X509Certificate>${base64(id)}</X509Certificate></DigitalId>`
}

function pointerText({ territory, location, type = 'EUgeneric', mimeType, signers }: PointerPlan): string {
  const identities = signers
    .map((id) => `<ServiceDigitalIdentity>${identityText(id)}</ServiceDigitalIdentity>`)
    .join('')
  const information = [
    `<TSLType>${uri}/TrustedList/TSLType/${type}</TSLType>`,
    `<SchemeTerritory>${territory}</SchemeTerritory>`,
    `<tslx:MimeType>${mimeType ?? 'application/vnd.etsi.tsl+xml'}</tslx:MimeType>`,
  ]
  return `
      <OtherTSLPointer>
        <ServiceDigitalIdentities>${identities}</ServiceDigitalIdentities>
        <TSLLocation>${location}</TSLLocation>
        <AdditionalInformation>${information.map((item) => `<OtherInformation>${item}</OtherInformation>`).join('')}</AdditionalInformation>
      </OtherTSLPointer>`
}

function serviceText(service: ServicePlan, version: string): string {
  const { name, identities, history = [] } = service
  const identity = `<ServiceDigitalIdentity>${identities.map(identityText).join('')}</ServiceDigitalIdentity>`
  // Version 6 has a type at each supply point, which version 5 does not know.
  const supply = version === '6' ? ` type="${uri}/Svctype/SupplyPoint/Certstatus"` : ''
  const points = `<ServiceSupplyPoints><ServiceSupplyPoint${supply}>https://ca.example.com/</ServiceSupplyPoint></ServiceSupplyPoints>`
  const earlier = history.map(
    (status) =>
      `<ServiceHistoryInstance>${statusText(status, name, '<ServiceDigitalIdentity/>', '')}</ServiceHistoryInstance>`,
  )
  return `
        <TSPService>
          <ServiceInformation>${statusText(service, name, identity, points)}</ServiceInformation>
          ${earlier.length === 0 ? '' : `<ServiceHistory>${earlier.join('')}</ServiceHistory>`}
        </TSPService>`
}

function statusText(plan: StatusPlan, name: string, identity: string, points: string): string {
  const { status, from, type = 'CA/QC', uses = [], extensions = '' } = plan
  const information = uses.map(
    (use) =>
      `<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">${uri}/TrustedList/SvcInfoExt/${use}</URI></AdditionalServiceInformation></Extension>`,
  )
  const all = information.join('') + extensions
  return `
            <ServiceTypeIdentifier>${uri}/Svctype/${type}</ServiceTypeIdentifier>
            <ServiceName><Name xml:lang="en">${name}</Name></ServiceName>
            ${identity}
            <ServiceStatus>${status.includes(':') ? status : `${uri}/TrustedList/Svcstatus/${status}`}</ServiceStatus>
            <StatusStartingTime>${from}</StatusStartingTime>
            ${points}
            ${all === '' ? '' : `<ServiceInformationExtensions>${all}</ServiceInformationExtensions>`}`
}

/** A Qualifications extension with one element. */
export function qualification(qualifiers: readonly string[], criteria: string): string {
  const list = qualifiers.map((name) => `<ecc:Qualifier uri="${uri}/TrustedList/SvcInfoExt/${name}"/>`).join('')
  return `<Extension Critical="true"><ecc:Qualifications><ecc:QualificationElement><ecc:Qualifiers>${list}</ecc:Qualifiers>${criteria}</ecc:QualificationElement></ecc:Qualifications></Extension>`
}
