import type { RequestState } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Tag } from '../../ui/index.ts'
import { STATE_TONES } from './model.ts'

export function StateTag({ state }: { state: RequestState }): ReactNode {
  const text = useText()
  return <Tag tone={STATE_TONES[state]}>{text(`requests.state.${state}`)}</Tag>
}
