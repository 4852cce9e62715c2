//! A progress bar on the terminal, for runs that take longer than a person likes to wait without a word.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How long a run may take before the bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// Runs `work`, which counts what it has done, and shows how far it is of `total`.
pub(crate) fn watch<R>(total: usize, quiet: bool, work: impl FnOnce(&AtomicUsize) -> R) -> R {
    let done = AtomicUsize::new(0);
    if quiet || total < 2 || !stderr().is_terminal() {
        return work(&done);
    }
    let finished = (Mutex::new(false), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| show(total, &done, &finished));
        // The bar has to end also if the work panics.
        let _stop = Stop(&finished);
        work(&done)
    })
}

struct Stop<'a>(&'a (Mutex<bool>, Condvar));

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }
}

fn show(total: usize, done: &AtomicUsize, (finished, changed): &(Mutex<bool>, Condvar)) {
    let wait = |time| {
        let lock = finished.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(lock, time, |finished| !*finished);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    };
    if wait(PATIENCE) {
        return;
    }
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} files").unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(total as u64).with_style(style);
    loop {
        bar.set_position(done.load(Ordering::Relaxed) as u64);
        if wait(TICK) {
            break;
        }
    }
    bar.finish_and_clear();
}
