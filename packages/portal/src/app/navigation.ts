import type { Entitlement, Reach, Right } from '@scel/contract/values'
import {
  IconBuilding,
  IconCertificate,
  IconClipboardList,
  IconInbox,
  IconLockSquareRounded,
  IconPackage,
  IconSend,
  IconShieldLock,
  IconUsers,
} from '@tabler/icons-react'
import type { MessageKey } from '../lib/languages/index.ts'

interface Entry {
  readonly to:
    | '/requests'
    | '/certificates'
    | '/files'
    | '/organisations'
    | '/people'
    | '/kits'
    | '/authorities'
    | '/audit'
    | '/deliveries'
  readonly label: Exclude<MessageKey & `nav.${string}`, 'nav.pending' | 'nav.toConfirm'>
  readonly icon: typeof IconInbox
  /** What it takes to see it; nothing, for what is open to all who are signed in. */
  readonly right?: Right
  /** Only where the right reaches so far. */
  readonly reach?: Reach
}

/** What stands in the navigation. The desk decides anyway; this only hides what it would refuse. */
const ENTRIES: readonly Entry[] = [
  { to: '/requests', label: 'nav.requests', icon: IconInbox, right: 'read_requests' },
  { to: '/certificates', label: 'nav.certificates', icon: IconCertificate, right: 'read_certificates' },
  { to: '/files', label: 'nav.files', icon: IconLockSquareRounded },
  {
    to: '/organisations',
    label: 'nav.organisations',
    icon: IconBuilding,
    right: 'read_organisations',
    reach: 'environment',
  },
  {
    to: '/organisations',
    label: 'nav.organisation',
    icon: IconBuilding,
    right: 'read_organisations',
    reach: 'organisation',
  },
  { to: '/people', label: 'nav.people', icon: IconUsers, right: 'read_people' },
  { to: '/kits', label: 'nav.kits', icon: IconPackage, right: 'read_kits' },
  { to: '/authorities', label: 'nav.authorities', icon: IconShieldLock, right: 'read_authorities' },
  { to: '/audit', label: 'nav.audit', icon: IconClipboardList, right: 'read_log' },
  { to: '/deliveries', label: 'nav.deliveries', icon: IconSend, right: 'read_deliveries' },
]

export const entriesFor = (rights: readonly Entitlement[]): readonly Entry[] =>
  ENTRIES.filter(
    ({ right, reach }) =>
      right === undefined || rights.some((one) => one.right === right && (reach === undefined || one.reach === reach)),
  )
