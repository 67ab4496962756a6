import { SegmentedControl } from '@mantine/core'
import { DeliveryState } from '@scel/contract/values'
import { IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useMay } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { Listing } from '../../lib/parts/index.ts'
import { Empty, Page } from '../../ui/index.ts'
import { deliveriesQuery } from './api.ts'
import { columnsOf } from './columns.tsx'

/** What others are told of, and how far that has come. */
export function DeliveriesPage(): ReactNode {
  const text = useText()
  const resends = useMay('resend_deliveries')
  const [state, setState] = useState<DeliveryState>()
  const query = useInfiniteQuery(deliveriesQuery(state))
  const columns = useMemo(() => columnsOf(text, resends), [text, resends])
  return (
    <Page
      title={text('deliveries.title')}
      lead={text('deliveries.lead')}
      actions={
        <SegmentedControl
          aria-label={text('deliveries.which')}
          value={state ?? ''}
          onChange={(value) => setState(DeliveryState.enum.find((one) => one === value))}
          data={[
            { value: '', label: text('deliveries.all') },
            { value: 'due', label: text('deliveries.state.due') },
            { value: 'given-up', label: text('deliveries.state.given-up') },
          ]}
        />
      }
    >
      <Listing
        query={query}
        label={text('deliveries.list')}
        columns={columns}
        rowKey={({ number }) => String(number)}
        clear={state && (() => setState(undefined))}
        empty={<Empty icon={<IconSend />} title={text('deliveries.none')} text={text('deliveries.noneText')} />}
      />
    </Page>
  )
}
