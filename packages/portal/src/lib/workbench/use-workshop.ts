import { useEffect, useState } from 'react'
import { startWorkshop, type Workshop } from './workshop.ts'

/** The page's worker: begins with the page, and forgets every key when the page is left, however that happens. */
export function useWorkshop(): Workshop | undefined {
  const [workshop, setWorkshop] = useState<Workshop>()
  useEffect(() => {
    let present = startWorkshop()
    setWorkshop(present)
    // A page that the browser keeps for the way back must not keep the keys.
    const hide = () => {
      present.leave()
      present = startWorkshop()
      setWorkshop(present)
    }
    addEventListener('pagehide', hide)
    return () => {
      removeEventListener('pagehide', hide)
      present.leave()
    }
  }, [])
  return workshop
}
