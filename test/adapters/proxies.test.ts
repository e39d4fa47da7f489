import { describe, expect, it } from 'vitest'
import { clientCertificateReader } from '../../src/adapters/client-certificate.ts'
import { proxyTest } from '../../src/adapters/proxies.ts'

describe('proxyTest', () => {
  const rows: readonly (readonly [proxies: string[], address: string | undefined, isProxy: boolean])[] = [
    [['192.0.2.1'], '192.0.2.1', true],
    [['192.0.2.1'], '::ffff:192.0.2.1', true],
    [['192.0.2.1'], '192.0.2.10', false],
    [['192.0.2.1'], '::192.0.2.1', false],
    [['10.0.0.0/8'], '10.255.0.1', true],
    [['10.0.0.0/8'], '11.0.0.1', false],
    [['192.0.2.128/25'], '192.0.2.127', false],
    [['192.0.2.128/25'], '192.0.2.200', true],
    [['0.0.0.0/0'], '198.51.100.7', true],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['2001:DB8:0::1'], '2001:db8::1', true],
    [['2001:db8::/32'], '2001:db8:ffff::9', true],
    [['2001:db8::/33'], '2001:db8:8000::1', false],
    [['::1', '127.0.0.1'], '127.0.0.1', true],
    [['::1'], undefined, false],
    [['::1'], 'localhost', false],
    [['::1'], '', false],
  ]
  it.each(rows)('%s has %s: %s', (proxies, address, isProxy) => {
    expect(proxyTest(proxies)(address)).toBe(isProxy)
  })

  it.each([
    '',
    'localhost',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '::/129',
    '10.0.0.0/8/8',
    '1.2.3',
    'fe80::1%eth0',
  ])('refuses %j as a proxy', (proxy) => {
    expect(() => proxyTest([proxy])).toThrow(TypeError)
  })

  it('refuses an empty list: nothing must not mean everyone', () => {
    expect(() => proxyTest([])).toThrow(TypeError)
  })
})

describe('clientCertificateReader', () => {
  it.each([
    { from: 'header' },
    { from: 'client-cert' },
    { from: 'client-cert', proxies: [] },
    { from: 'escaped-pem', proxies: ['::1'] },
    { from: 'escaped-pem', header: '', proxies: ['::1'] },
    { from: 'socket', proxies: ['::1'] },
  ])('refuses the source %j', (source) => {
    expect(() => clientCertificateReader(source as never)).toThrow(TypeError)
  })
})
