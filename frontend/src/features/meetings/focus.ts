export { useFocusAfter, useFocusFirst } from '../../lib/focus';
