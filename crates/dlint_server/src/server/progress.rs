//! Work that somebody waits for: that it goes on is told if it takes long, where the client wants to know it.

use std::time::Duration;

use tower_lsp_server::ls_types::ProgressToken;

use super::Shared;

/// What takes no longer is there before anybody has read a message.
const LONG: Duration = Duration::from_millis(500);

/// Does work, and tells under a token of the client's that it goes on.
pub(super) async fn told<T>(
    shared: &Shared,
    token: Option<ProgressToken>,
    title: &str,
    work: impl Future<Output = T>,
) -> T {
    let Some(token) = token else { return work.await };
    tokio::pin!(work);
    if let Ok(done) = tokio::time::timeout(LONG, &mut work).await {
        return done;
    }
    let progress = shared.client.progress(token, title).begin().await;
    let done = work.await;
    progress.finish().await;
    // The token holds until the answer: what was told under it has to be out before that.
    tokio::task::yield_now().await;
    done
}
