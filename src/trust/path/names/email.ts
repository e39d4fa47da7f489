import { hostName, isUnder } from './dns.ts'

/** Mailboxes and subtrees of them. */

export interface Mailbox {
  /** Case counts (RFC 5321 2.4). */
  readonly local: string
  readonly host: string
}

/** Dot-atom of RFC 5321 4.1.2. A quoted local part can be written in many ways, and is not compared. */
const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

/** The parts of a mailbox; undefined where the text is none. */
export function mailbox(text: string): Mailbox | undefined {
  const at = text.lastIndexOf('@')
  const host = hostName(text.slice(at + 1))
  const name = text.slice(0, Math.max(at, 0))
  return host === undefined || name.length > 64 || !local.test(name) ? undefined : { local: name, host }
}

/** One mailbox, all of one host, or all of the hosts under a domain (RFC 5280 4.2.1.10). */
export type MailboxSubtree =
  | { readonly form: 'all' }
  | { readonly form: 'mailbox'; readonly mailbox: Mailbox }
  | { readonly form: 'host' | 'domain'; readonly host: string }

export function mailboxSubtree(text: string): MailboxSubtree | undefined {
  if (text === '') return { form: 'all' }
  if (text.includes('@')) {
    const only = mailbox(text)
    return only === undefined ? undefined : { form: 'mailbox', mailbox: only }
  }
  return hostSubtree(text)
}

/** `host`, or `.domain` for the hosts under it and not itself. */
export function hostSubtree(text: string): { form: 'host' | 'domain'; host: string } | undefined {
  const form = text.startsWith('.') ? 'domain' : 'host'
  const host = hostName(form === 'domain' ? text.slice(1) : text)
  return host === undefined ? undefined : { form, host }
}

/** True where the mailbox lies in the subtree. */
export function mailboxInSubtree(box: Mailbox, subtree: MailboxSubtree): boolean {
  if (subtree.form === 'all') return true
  if (subtree.form === 'mailbox') return box.host === subtree.mailbox.host && box.local === subtree.mailbox.local
  return hostInSubtree(box.host, subtree)
}

export function hostInSubtree(host: string, subtree: { form: 'host' | 'domain'; host: string }): boolean {
  return subtree.form === 'host' ? host === subtree.host : host !== subtree.host && isUnder(host, subtree.host)
}
