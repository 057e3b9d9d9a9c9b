/** Whether the page has its narrow layout in a test; wide again after each. */
export const viewport = { narrow: false };
