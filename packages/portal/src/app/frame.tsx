import { Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Restored } from './restored.tsx'

/** What stands above every page. */
export function Frame(): ReactNode {
  return (
    <>
      <Restored />
      <Outlet />
    </>
  )
}
