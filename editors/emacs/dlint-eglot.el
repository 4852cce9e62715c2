;;; dlint-eglot.el --- dlint for Dockerfiles and Compose files, with eglot -*- lexical-binding: t -*-

;;; Commentary:
;; (load "…/dlint-eglot.el") in the init file; then M-x eglot, or a hook (see README.md).

;;; Code:
(require 'eglot)

(defun dlint-eglot-for-docker-p ()
  "Whether the file of this buffer is one that dlint reads, by its name."
  (and buffer-file-name
       (string-match-p
        (rx bos (or (seq (or "Dockerfile" "Containerfile") (* any))
                    (seq (+ any) (or ".Dockerfile" ".dockerfile"))
                    (seq (* any) "compose" (* any) (or ".yml" ".yaml"))
                    "daemon.json")
            eos)
        (file-name-nondirectory buffer-file-name))))

(defun dlint-eglot-ensure ()
  "Start dlint in this buffer if its file is a Dockerfile, a Compose file or a daemon.json."
  (when (dlint-eglot-for-docker-p)
    (eglot-ensure)))

;; What is found first counts, and eglot runs one server in a buffer.
(add-to-list 'eglot-server-programs
             '((dockerfile-mode dockerfile-ts-mode docker-compose-mode) . ("dlint" "lsp")))

;; YAML and JSON have other servers, so dlint is chosen in buffers of its files only.
(defun dlint-eglot--choose ()
  "Have eglot run dlint in this buffer, if it is for dlint."
  (when (dlint-eglot-for-docker-p)
    (setq-local eglot-server-programs
                (cons (cons major-mode '("dlint" "lsp")) eglot-server-programs))))

(dolist (hook '(yaml-mode-hook yaml-ts-mode-hook js-json-mode-hook json-ts-mode-hook json-mode-hook))
  (add-hook hook #'dlint-eglot--choose))

(provide 'dlint-eglot)
;;; dlint-eglot.el ends here
