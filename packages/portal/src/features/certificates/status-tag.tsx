import type { CertificateStatus } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Tag } from '../../ui/index.ts'
import { STATUS_TONES } from './model.ts'

export function StatusTag({ status }: { status: CertificateStatus }): ReactNode {
  const text = useText()
  return <Tag tone={STATUS_TONES[status]}>{text(`certificates.status.${status}`)}</Tag>
}
