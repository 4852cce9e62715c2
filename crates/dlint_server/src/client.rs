//! The process of the client: a server must not outlive it. Mostly the end of standard input tells that it is gone; but what the client
//! started besides may hold that open.

use std::time::Duration;

/// So often it is looked whether the process is there.
#[cfg(unix)]
const PERIOD: Duration = Duration::from_secs(3);

/// Returns when the process is gone. Never, if it is not there to begin with: in a container its number says nothing.
pub(crate) async fn gone(id: u32) {
    #[cfg(unix)]
    if is_there(id) {
        while is_there(id) {
            tokio::time::sleep(PERIOD).await;
        }
        return;
    }
    let _ = id;
    std::future::pending::<()>().await;
}

#[cfg(unix)]
fn is_there(id: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
    // Whoever may not send it a signal is told so only of one that is there.
    pid.is_some_and(|pid| !matches!(test_kill_process(pid), Err(Errno::SRCH)))
}
