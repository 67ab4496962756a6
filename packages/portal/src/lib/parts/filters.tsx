import { Button, Group, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../languages/index.ts'
import classes from './filters.module.css'

interface FiltersProps {
  readonly search: string
  readonly placeholder: string
  readonly onSearch: (text: string) => void
  /** Something is filtered: offer to clear it. */
  readonly active: boolean
  readonly onClear: () => void
  readonly children?: ReactNode
}

/** The search field and the filters above a list. */
export function Filters({ search, placeholder, onSearch, active, onClear, children }: FiltersProps): ReactNode {
  const text = useText()
  const [typed, setTyped] = useState(search)
  const sent = useRef(search)
  // Back and forward change the search from outside; what is being typed is left alone.
  useEffect(() => {
    if (search !== sent.current) setTyped(search)
    sent.current = search
  }, [search])
  const send = useDebouncedCallback((value: string) => {
    sent.current = value.trim()
    onSearch(value.trim())
  }, 250)
  return (
    <Group component="search" className={classes.bar} gap="sm" align="flex-end">
      <TextInput
        className={classes.search}
        type="search"
        label={text('do.search')}
        placeholder={placeholder}
        maxLength={100}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          send(currentTarget.value)
        }}
      />
      {children}
      {active ? (
        <Tooltip label={text('do.clearFiltersTooltip')}>
          <Button variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={onClear}>
            {text('do.clearFilters')}
          </Button>
        </Tooltip>
      ) : null}
    </Group>
  )
}
