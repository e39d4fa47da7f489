import { type ListVector, listOfLists } from './vector.ts'

const self = {
  territory: 'EU',
  location: 'https://lists.example.com/eu.xml',
  type: 'EUlistofthelists',
  signers: ['qsealc-rsa-4096'],
}
const fr = { territory: 'FR', signers: ['qsealc-rsa-2048'] }

function pointing(id: string, says: string, location: string, pointer: string | undefined): ListVector {
  const family = pointer === undefined ? 'control' : 'TSL-09'
  const text = listOfLists({ pointers: [self, { ...fr, location }] })
  return {
    id,
    family,
    says,
    text,
    type: 'EUlistofthelists',
    error: null,
    services: [],
    ...(pointer === undefined ? {} : { pointer }),
  }
}

export const pointerVectors: readonly ListVector[] = [
  {
    id: 'list-of-lists',
    family: 'control',
    says: 'A list of lists that points to itself and to the list of France.',
    text: listOfLists(),
    type: 'EUlistofthelists',
    error: null,
    services: [],
  },
  pointing(
    'pointer-http',
    'The list of France is to be fetched over http.',
    'http://lists.example.com/fr.xml',
    'TSL_POINTER_LOCATION',
  ),
  pointing('pointer-file', 'It is to be read from a file.', 'file:///etc/passwd', 'TSL_POINTER_LOCATION'),
  pointing(
    'pointer-metadata',
    'It is to be fetched from the metadata service of a cloud.',
    'https://169.254.169.254/latest/',
    'TSL_POINTER_LOCATION',
  ),
  pointing(
    'pointer-localhost',
    'It is to be fetched from this machine.',
    'https://localhost/fr.xml',
    'TSL_POINTER_LOCATION',
  ),
  pointing('pointer-ipv6', 'It is to be fetched from an IPv6 address.', 'https://[::1]/fr.xml', 'TSL_POINTER_LOCATION'),
  pointing(
    'pointer-decimal',
    'The host is an IPv4 address in one number.',
    'https://2130706433/fr.xml',
    'TSL_POINTER_LOCATION',
  ),
  pointing(
    'pointer-internal',
    'The host is one of an inner network.',
    'https://lists.corp.internal/fr.xml',
    'TSL_POINTER_LOCATION',
  ),
  pointing(
    'pointer-credentials',
    'The address has a user and a password.',
    'https://a:b@lists.example.com/fr.xml',
    'TSL_POINTER_LOCATION',
  ),
  pointing('pointer-port', 'The address has a port.', 'https://lists.example.com:8443/fr.xml', 'TSL_POINTER_LOCATION'),
  pointing('pointer-no-address', 'It is no address at all.', 'fr.xml', 'TSL_POINTER_LOCATION'),
  {
    id: 'pointer-missing',
    family: 'TSL-09',
    says: 'The list of lists does not point to France.',
    text: listOfLists({ pointers: [self] }),
    type: 'EUlistofthelists',
    error: null,
    services: [],
    pointer: 'TSL_POINTER_MISSING',
  },
  {
    id: 'pointer-without-signers',
    family: 'TSL-09',
    says: 'The pointer says nothing about who may sign.',
    text: listOfLists({ pointers: [self, { ...fr, location: 'https://lists.example.com/fr.xml', signers: [] }] }),
    type: 'EUlistofthelists',
    error: null,
    services: [],
    pointer: 'TSL_POINTER_MISSING',
  },
  {
    id: 'pointer-to-pdf',
    family: 'TSL-09',
    says: 'The only pointer to France is to the list for people.',
    text: listOfLists({
      pointers: [self, { ...fr, location: 'https://lists.example.com/fr.pdf', mimeType: 'application/pdf' }],
    }),
    type: 'EUlistofthelists',
    error: null,
    services: [],
    pointer: 'TSL_POINTER_MISSING',
  },
  {
    id: 'pointer-of-other-type',
    family: 'TSL-09',
    says: 'The pointer to France is to a list of another type.',
    text: listOfLists({
      pointers: [self, { ...fr, location: 'https://lists.example.com/fr.xml', type: 'EUlistofthelists' }],
    }),
    type: 'EUlistofthelists',
    error: null,
    services: [],
    pointer: 'TSL_POINTER_MISSING',
  },
]
