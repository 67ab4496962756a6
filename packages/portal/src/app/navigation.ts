import { Role } from '@scel/contract/values'
import {
  IconBuilding,
  IconCertificate,
  IconClipboardList,
  IconInbox,
  IconLockSquareRounded,
  IconPackage,
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
  readonly label: Exclude<MessageKey & `nav.${string}`, 'nav.pending' | 'nav.toConfirm'>
  readonly icon: typeof IconInbox
  readonly roles: readonly Role[]
}

const ALL: readonly Role[] = Role.enum
const READERS: readonly Role[] = ['administrator', 'auditor']

/** What stands in the navigation. The desk decides anyway; this only hides what it would refuse. */
const ENTRIES: readonly Entry[] = [
  { to: '/requests', label: 'nav.requests', icon: IconInbox, roles: ALL },
  { to: '/certificates', label: 'nav.certificates', icon: IconCertificate, roles: ALL },
  { to: '/files', label: 'nav.files', icon: IconLockSquareRounded, roles: ALL },
  { to: '/organisations', label: 'nav.organisations', icon: IconBuilding, roles: READERS },
  { to: '/organisations', label: 'nav.organisation', icon: IconBuilding, roles: ['manager'] },
  { to: '/people', label: 'nav.people', icon: IconUsers, roles: READERS },
  { to: '/kits', label: 'nav.kits', icon: IconPackage, roles: ALL },
  { to: '/authorities', label: 'nav.authorities', icon: IconShieldLock, roles: ALL },
  { to: '/audit', label: 'nav.audit', icon: IconClipboardList, roles: READERS },
]

export const entriesFor = (role: Role): readonly Entry[] => ENTRIES.filter(({ roles }) => roles.includes(role))
