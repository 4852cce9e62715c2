;;; test.el --- run by test.sh: opens files in a project and checks what the server says of them -*- lexical-binding: t -*-
(require 'eglot)
(require 'flymake)
(require 'dockerfile-mode)
(require 'yaml-mode)
(add-to-list 'auto-mode-alist '("\\.ya?ml\\'" . yaml-mode))
(setq eglot-autoshutdown nil)

(defvar root (file-name-as-directory (getenv "DLINT_TEST_PROJECT")))

(defun check (condition message)
  (unless condition
    (message "FAILED: %s" message)
    (kill-emacs 1))
  (message "ok: %s" message))

(defun wait-for (predicate)
  (let ((end (+ (float-time) 15)))
    (while (and (not (funcall predicate)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (funcall predicate)))

(defun found (text)
  "Whether a finding whose message has TEXT is shown in this buffer."
  (seq-find (lambda (it) (string-match-p (regexp-quote text) (flymake-diagnostic-text it)))
            (flymake-diagnostics)))

(defun open (name)
  (find-file (concat root name))
  (let ((noninteractive nil))
    (apply #'eglot (eglot--guess-contact))
    (flymake-mode 1))
  (flymake-start))

(defun answer (method)
  (format "%s" (jsonrpc-request (eglot--current-server-or-lose) method (eglot--TextDocumentPositionParams))))

(defun labels ()
  (let ((answer (jsonrpc-request (eglot--current-server-or-lose) :textDocument/completion
                                 (eglot--TextDocumentPositionParams))))
    (format "%s" answer)))

(defun fix (kind text)
  "Apply the code action of KIND whose title has TEXT, as eglot offers it for this buffer."
  (let* ((actions (jsonrpc-request
                   (eglot--current-server-or-lose) :textDocument/codeAction
                   (list :textDocument (eglot--TextDocumentIdentifier)
                         :range (list :start (eglot--pos-to-lsp-position (line-beginning-position))
                                      :end (eglot--pos-to-lsp-position (line-end-position)))
                         :context (list :diagnostics [] :only (vector kind)))))
         (action (seq-find (lambda (it) (string-match-p (regexp-quote text) (plist-get it :title))) actions)))
    (check action (format "there is a %s with \"%s\"" kind text))
    (unless (plist-get action :edit)
      (setq action (jsonrpc-request (eglot--current-server-or-lose) :codeAction/resolve action)))
    (eglot--apply-workspace-edit (plist-get action :edit))))

(open "Dockerfile")
(check (eq major-mode 'dockerfile-mode) "a Dockerfile has its mode")
(check (wait-for (lambda () (found "latest"))) "findings of a Dockerfile are shown")
(goto-char (point-min))
(check (string-match-p "docker" (answer :textDocument/hover)) "hover explains an instruction")
(forward-line 3)
(fix "quickfix" "log")
(check (string-match-p "useradd -" (buffer-string)) "a quick fix is applied to a Dockerfile")
(when (eglot--server-capable :completionProvider)
  (goto-char (point-max))
  (insert "HEALTH")
  (eglot--signal-textDocument/didChange)
  (check (string-match-p "HEALTHCHECK" (labels)) "completion in a Dockerfile"))
(set-buffer-modified-p nil)

(open "compose.yaml")
(check (wait-for (lambda () (found "fornt"))) "findings of a Compose file are shown")
(goto-char (point-min))
(search-forward "image")
(backward-char 2)
(check (string-match-p "image" (answer :textDocument/hover)) "hover explains a key of a Compose file")
(forward-line 1)
(fix "quickfix" "true")
(check (string-match-p "read_only: true" (buffer-string)) "a quick fix is applied to a Compose file")
(when (eglot--server-capable :completionProvider)
  (forward-line 0)
  (insert "    restar\n")
  (forward-line -1)
  (end-of-line)
  (eglot--signal-textDocument/didChange)
  (check (string-match-p "restart" (labels)) "completion in a Compose file"))
(set-buffer-modified-p nil)
(kill-emacs 0)
