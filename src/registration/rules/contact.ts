import { isJsonObject } from '../../core/json.ts'
import { at, isPresent, type RegistrationRule, rule, typeName } from './rule.ts'

const members = ['contact_name', 'email', 'phone_number'] as const

/** Two parts around one @, a dot in the second; no white space and no list. Linear: no part can match in two ways. */
const email = /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\".]+(?:\.[^\s@<>()[\],;:\\".]+)+$/

export const contactRules: readonly RegistrationRule[] = [
  rule({
    slug: 'contact',
    rows: ['R-055', 'R-109'],
    clause: 'contact',
    title: 'contact is an object with contact_name, email and phone_number, all strings that are not empty',
    why: 'the bank reaches the TPP by it; the table says "String" and shows an object, which is what the bank takes',
    mend: 'send "contact": {"contact_name": "...", "email": "...", "phone_number": "..."}',
    check: ({ body }, report) => {
      const { contact } = body
      if (!isPresent(contact)) {
        const plural = body.contacts !== undefined
        const mend = 'contacts is the array of RFC 7591: send the object contact, with its three members'
        report(at('/contact'), { message: 'contact is missing', ...(plural ? { mend } : {}) })
      } else if (!isJsonObject(contact))
        report(at('/contact'), { message: `contact is ${typeName(contact)}, no object` })
      else {
        for (const name of members) {
          const value = contact[name]
          const place = at(`/contact/${name}`)
          if (!isPresent(value)) report(place, { message: `${name} is missing` })
          else if (typeof value !== 'string') report(place, { message: `${name} is ${typeName(value)}, not a string` })
          else if (value.trim() === '') report(place, { message: `${name} is empty` })
        }
      }
    },
  }),
  rule({
    slug: 'contact-email',
    rows: ['R-055', 'R-109'],
    clause: 'contact',
    modal: 'should',
    grounding: 'C',
    title: 'the e-mail address of the contact has the form of one',
    why: 'nobody is reached by another, and lists and comments in an address lead mail elsewhere',
    mend: 'send one address, without a name around it',
    check: ({ body: { contact } }, report) => {
      const value = isJsonObject(contact) ? contact.email : undefined
      if (typeof value === 'string' && value.length > 0 && (value.length > 254 || !email.test(value))) {
        report(at('/contact/email'))
      }
    },
  }),
  rule({
    slug: 'contact-phone',
    rows: ['R-055', 'R-109'],
    clause: 'contact',
    modal: 'should',
    grounding: 'C',
    title: 'the telephone number of the contact has the form of one',
    why: 'nobody is reached by another',
    mend: 'send the number with its country: +33 1 23 45 67 89',
    check: ({ body: { contact } }, report) => {
      const value = isJsonObject(contact) ? contact.phone_number : undefined
      if (typeof value === 'string' && value.length > 0 && !/^\+?[0-9][0-9 ().\-/]{2,30}$/.test(value)) {
        report(at('/contact/phone_number'))
      }
    },
  }),
]
