//! The threads that walk and lint.

use std::sync::Once;

/// Stack of the threads, in bytes: that of the main thread on Linux.
const STACK: usize = 8 * 1024 * 1024;

/// What a thread is likely to need, in bytes.
const HEAP: usize = 16 << 20;

/// Starts the threads, as many as there are processors, unless they were started before. What makes few steps goes without.
pub(crate) fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        // More than that of a thread, so that this is not mapped on its own; what is larger than 32 MiB always is.
        reserve(HEAP + HEAP / 2);
        // It fails only if somebody else started them, which is as well.
        let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).start_handler(|_| reserve(HEAP)).build_global();
    });
}

/// Has the allocator keep so much room for this thread. That of GNU grows a thread's heap by a few pages at a time, with a call of the system each, for
/// which all threads wait, and gives back what is free at its end; once a large block was freed, it keeps as much. The memory is not touched.
fn reserve(bytes: usize) {
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        // Where there is not so much, it goes without.
        let _ = std::hint::black_box(Vec::<u8>::new().try_reserve_exact(bytes));
    }
}
