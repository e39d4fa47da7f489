import { type ListVector, listOfLists, seal, signed, web } from './vector.ts'

const services = ['Web sites: granted', 'Seals: granted']
const minutes = '2026-11-01T00:00:00Z'

/** A list that is signed well and whose content is refused. */
function refused(
  id: string,
  family: string,
  error: string,
  says: string,
  plan: Parameters<typeof signed>[0],
): ListVector {
  return { id, family, says, text: signed(plan), error }
}

export const contentVectors: readonly ListVector[] = [
  {
    id: 'next-update-last-second',
    family: 'control',
    says: 'Read in the very second in which the next update is due.',
    text: signed(),
    at: minutes,
    error: null,
    services,
  },
  {
    id: 'next-update-passed',
    family: 'TSL-05',
    says: 'The next update was due a second before.',
    text: signed(),
    at: '2026-11-01T00:00:01Z',
    error: 'TSL_STALE',
  },
  refused('closed', 'TSL-05', 'TSL_CLOSED', 'The list is closed: there is no next update.', { nextUpdate: '' }),
  {
    id: 'sequence-lower',
    family: 'TSL-05',
    says: 'An older list than the one that is known is replayed.',
    text: signed({ sequenceNumber: '6' }),
    minimumSequenceNumber: 7,
    error: 'TSL_SEQUENCE_LOWER',
  },
  {
    id: 'sequence-same',
    family: 'control',
    says: 'The list that is known comes again.',
    text: signed(),
    minimumSequenceNumber: 7,
    error: null,
    services,
  },
  {
    id: 'sequence-older-in-force',
    family: 'TSL-05',
    says: 'An older list that is still in time: without the number of the known one nothing is wrong with it.',
    text: signed({ sequenceNumber: '6' }),
    error: null,
    services,
  },

  refused('version-4', 'TSL-10', 'TSL_VERSION', 'A list of version 4.', { version: '4' }),
  refused('version-56', 'TSL-10', 'TSL_VERSION', 'A list of version 56.', { version: '56' }),
  refused('type-list-of-lists', 'TSL-10', 'TSL_TYPE', 'A national list that calls itself a list of lists.', {
    type: 'EUlistofthelists',
  }),
  refused('type-of-other-scheme', 'TSL-10', 'TSL_TYPE', 'The type is of another scheme and ends like the right one.', {
    type: 'https://example.com/EUgeneric',
  }),
  refused('territory-eu', 'TSL-10', 'TSL_TYPE', 'A national list of the territory EU.', { territory: 'EU' }),
  refused('territory-gr', 'TSL-10', 'TSL_TERRITORY', 'Greece as GR: in trusted lists it is EL.', { territory: 'GR' }),
  refused('territory-gb', 'TSL-10', 'TSL_TERRITORY', 'The United Kingdom as GB: in trusted lists it is UK.', {
    territory: 'GB',
  }),
  refused('territory-unknown', 'TSL-10', 'TSL_TERRITORY', 'A territory that no list is of.', { territory: 'XX' }),
  refused('territory-lower-case', 'TSL-10', 'TSL_TERRITORY', 'The territory is in lower case.', { territory: 'fr' }),
  {
    id: 'territory-el',
    family: 'control',
    says: 'Greece as EL.',
    text: signed({ territory: 'EL' }),
    territory: 'EL',
    error: null,
    services,
  },
  {
    id: 'territory-of-neighbour',
    family: 'TSL-10',
    says: 'The list of Belgium in the place of that of France, by the same signer.',
    text: signed({ territory: 'BE' }),
    territory: 'FR',
    error: 'TSL_TERRITORY_DIFFERS',
  },
  {
    id: 'list-of-lists-as-national',
    family: 'TSL-10',
    says: 'A list of lists in the place of a national list.',
    text: signed({ type: 'EUlistofthelists', territory: 'EU' }),
    error: 'TSL_TYPE',
  },
  {
    id: 'national-as-list-of-lists',
    family: 'TSL-10',
    says: 'A national list in the place of the list of lists.',
    text: listOfLists({ type: 'EUgeneric', territory: 'FR' }),
    type: 'EUlistofthelists',
    error: 'TSL_TYPE',
  },

  refused(
    'territory-twice',
    'TSL-02',
    'TSL_FIELD_TWICE',
    'Two territories: one reader takes the first, another the last.',
    { exchange: [['<SchemeTerritory>', '<SchemeTerritory>DE</SchemeTerritory><SchemeTerritory>']] },
  ),
  refused('status-twice', 'TSL-02', 'TSL_FIELD_TWICE', 'A service has two statuses.', {
    exchange: [
      [
        '<ServiceStatus>',
        '<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn</ServiceStatus><ServiceStatus>',
      ],
    ],
  }),
  refused('scheme-twice', 'TSL-02', 'TSL_FIELD_TWICE', 'SchemeInformation stands there twice.', {
    exchange: [['<SchemeInformation>', '<SchemeInformation/><SchemeInformation>']],
  }),
  refused('issued-missing', 'TSL-10', 'TSL_FIELD_MISSING', 'There is no ListIssueDateTime.', {
    exchange: [['<ListIssueDateTime>2026-05-01T00:00:00Z</ListIssueDateTime>', '']],
  }),
  refused('issued-30-february', 'TSL-10', 'TSL_FIELD_VALUE', 'Issued on 30 February.', {
    issued: '2026-02-30T00:00:00Z',
  }),
  refused(
    'next-update-never',
    'TSL-05',
    'TSL_FIELD_VALUE',
    'The next update is due never, which compared as a number is always later.',
    { nextUpdate: 'never' },
  ),
  refused('sequence-huge', 'TSL-05', 'TSL_FIELD_VALUE', 'The sequence number is larger than any.', {
    sequenceNumber: '9'.repeat(40),
  }),
  refused('sequence-negative', 'TSL-05', 'TSL_FIELD_VALUE', 'The sequence number is negative.', {
    sequenceNumber: '-1',
  }),
  refused('markup-in-value', 'TSL-02', 'TSL_FIELD_VALUE', 'A status has an element in it.', {
    exchange: [['Svcstatus/granted', 'Svcstatus/gran<b/>ted']],
  }),
  {
    id: 'services-misplaced',
    family: 'TSL-02',
    says: 'A list of providers stands inside of SchemeInformation, where none belongs, and is not read.',
    text: signed({
      services: [web],
      exchange: [
        [
          '</SchemeInformation>',
          '<TrustServiceProviderList><TrustServiceProvider/></TrustServiceProviderList></SchemeInformation>',
        ],
      ],
    }),
    error: null,
    services: ['Web sites: granted'],
  },
  {
    id: 'certificate-broken',
    family: 'control',
    says: 'The certificate of a service cannot be read: the rest of the list serves.',
    text: signed({
      services: [{ ...web, identities: ['<DigitalId><X509Certificate>MAA=</X509Certificate></DigitalId>'] }, seal],
    }),
    error: null,
    services,
    remarks: ['TSL_CERTIFICATE', 'TSL_SERVICE_WITHOUT_KEY'],
  },
]
