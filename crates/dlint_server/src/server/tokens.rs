//! What pieces of a text are: all of it, a part, or what has changed since the client asked last.

use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::{
    SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit, SemanticTokensFullDeltaResult,
    SemanticTokensRangeParams, Uri,
};

use dlint_syntax::TextSize;

use super::Handlers;
use crate::features::{token_edits, tokens};
use crate::requests;

/// So many numbers are one token.
const NUMBERS: u32 = 5;

impl Handlers {
    /// All tokens of the newest text. They are kept, with a name, so that the next time only what is new has to be told.
    pub(super) async fn all_tokens(&self, uri: &Uri) -> Result<Option<SemanticTokens>> {
        let Some(snapshot) = self.newest(uri).filter(|_| self.wants(uri, |it| it.semantic_tokens)) else {
            return Ok(None);
        };
        let tokens = self.work(&snapshot, |file| tokens::tokens(file.document())).await?;
        let mut tokens = requests::tokens(&tokens, &snapshot, self.style().0);
        tokens.result_id = self.0.state().keep_tokens(uri, &tokens.data);
        Ok(Some(tokens))
    }

    /// What has changed since the client was told tokens of a name; all, where those are not the last ones.
    pub(super) async fn new_tokens(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let uri = &params.text_document.uri;
        let known = self.0.state().kept_tokens(uri, &params.previous_result_id);
        let Some(tokens) = self.all_tokens(uri).await? else { return Ok(None) };
        let Some(known) = known else { return Ok(Some(tokens.into())) };
        let edit = token_edits::edit(&known, &tokens.data).map(|it| SemanticTokensEdit {
            start: it.start as u32 * NUMBERS,
            delete_count: it.deleted as u32 * NUMBERS,
            data: (!it.inserted.is_empty()).then_some(it.inserted),
        });
        Ok(Some(SemanticTokensDelta { result_id: tokens.result_id, edits: edit.into_iter().collect() }.into()))
    }

    /// The tokens of a part of the newest text.
    pub(super) async fn part_tokens(&self, params: SemanticTokensRangeParams) -> Result<Option<SemanticTokens>> {
        let uri = &params.text_document.uri;
        let Some(snapshot) = self.newest(uri).filter(|_| self.wants(uri, |it| it.semantic_tokens)) else {
            return Ok(None);
        };
        let encoding = self.style().0;
        let tokens = self.work(&snapshot, move |file| {
            let offset = |at| TextSize::new(file.lines().offset(&file.text, at, encoding) as u32);
            let (start, end) = (offset(params.range.start), offset(params.range.end));
            let mut tokens = tokens::tokens(file.document());
            tokens.retain(|it| start < it.range.end() && it.range.start() < end);
            tokens
        });
        Ok(Some(requests::tokens(&tokens.await?, &snapshot, encoding)))
    }
}
