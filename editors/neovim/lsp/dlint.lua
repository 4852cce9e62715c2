---@brief
---
--- https://github.com/dlint/dlint
---
--- Lints Dockerfiles, Compose files and Docker's daemon.json. For Neovim 0.11 and newer:
---
--- ```lua
--- vim.lsp.enable('dlint')
--- ```

--- Whether a file is for dlint, as far as its name and type tell. The server decides in the end.
local function is_for_dlint(path, filetype)
  local name = vim.fs.basename(path)
  return filetype == 'dockerfile'
    or filetype == 'yaml.docker-compose'
    or name == 'daemon.json'
    or name:match('^[%w._-]*compose[%w._-]*%.ya?ml$') ~= nil
    or name:match('^Dockerfile[%w._-]*$') ~= nil
    or name:match('^Containerfile[%w._-]*$') ~= nil
end

---@type vim.lsp.Config
return {
  cmd = { 'dlint', 'lsp' },
  filetypes = { 'dockerfile', 'yaml', 'yaml.docker-compose', 'json', 'jsonc' },
  root_dir = function(bufnr, on_dir)
    local path = vim.api.nvim_buf_get_name(bufnr)
    if is_for_dlint(path, vim.bo[bufnr].filetype) then
      on_dir(vim.fs.root(bufnr, { 'dlint.toml', '.dlint.toml', '.git' }) or vim.fs.dirname(path))
    end
  end,
}
