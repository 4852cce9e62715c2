-- Run by test.sh: opens files in a project and checks what the server says of them.
local root = assert(os.getenv('DLINT_TEST_PROJECT'))
local here = assert(os.getenv('DLINT_TEST_EDITOR'))

local function check(condition, message)
  if not condition then
    io.stderr:write('FAILED: ' .. message .. '\n')
    vim.cmd('cquit 1')
  end
  io.stderr:write('ok: ' .. message .. '\n')
end

vim.opt.runtimepath:prepend(here)
vim.cmd('filetype on')
vim.lsp.enable('dlint')

local function open(name)
  vim.cmd('edit ' .. vim.fn.fnameescape(root .. '/' .. name))
  local buffer = vim.api.nvim_get_current_buf()
  vim.wait(10000, function() return #vim.lsp.get_clients({ bufnr = buffer, name = 'dlint' }) > 0 end, 20)
  return buffer
end

local function codes(buffer)
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    found[diagnostic.code] = diagnostic
  end
  return found
end

local dockerfile = open('Dockerfile')
check(#vim.lsp.get_clients({ bufnr = dockerfile, name = 'dlint' }) == 1, 'the server is attached to a Dockerfile')
vim.wait(10000, function() return codes(dockerfile)['floating-tag'] ~= nil end, 20)
local found = codes(dockerfile)
check(found['floating-tag'] ~= nil and found['root-user'] ~= nil, 'findings of a Dockerfile are shown')
check(found['root-user'].lnum == 2 and found['root-user'].col == 5, 'a finding stands at its word, behind characters of several bytes')

vim.api.nvim_buf_set_lines(dockerfile, 2, 3, false, { 'USER app' })
vim.wait(10000, function() return codes(dockerfile)['root-user'] == nil end, 20)
check(codes(dockerfile)['root-user'] == nil, 'an edit takes a finding away')

vim.api.nvim_win_set_cursor(0, { 3, 1 })
local position = vim.lsp.util.make_position_params(0, 'utf-16')
local hover = vim.lsp.buf_request_sync(dockerfile, 'textDocument/hover', position, 10000)
local text = vim.inspect(hover)
check(text:find('#user', 1, true) ~= nil, 'hover explains an instruction')

local client = vim.lsp.get_clients({ bufnr = dockerfile, name = 'dlint' })[1]
vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.dlint' }, diagnostics = {} }, apply = true })
vim.wait(10000, function() return vim.api.nvim_buf_get_lines(dockerfile, 3, 4, false)[1]:find('%-l') ~= nil end, 20)
check(vim.api.nvim_buf_get_lines(dockerfile, 3, 4, false)[1]:find('useradd %-') ~= nil, 'fix all is applied')

local compose = open('compose.yaml')
vim.wait(10000, function() return codes(compose)['undefined-reference'] ~= nil end, 20)
check(codes(compose)['undefined-reference'] ~= nil, 'findings of a Compose file are shown')

local function ask(buffer, method, line, column, more)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, 'utf-16'), more or {})
  return vim.inspect(vim.lsp.buf_request_sync(buffer, method, params, 10000))
end

check(ask(compose, 'textDocument/hover', 3, 5):find('image', 1, true) ~= nil, 'hover explains a key of a Compose file')
vim.wait(10000, function() return codes(compose)['yaml11-boolean'] ~= nil end, 20)
vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.dlint' }, diagnostics = {} }, apply = true })
local function fixed() return vim.api.nvim_buf_get_lines(compose, 6, 7, false)[1]:find('read_only: true', 1, true) ~= nil end
vim.wait(10000, fixed, 20)
check(fixed(), 'fix all is applied to a Compose file')

local can = client.server_capabilities
if can.renameProvider then
  check(ask(compose, 'textDocument/rename', 9, 3, { newName = 'back' }):find('back', 1, true) ~= nil, 'rename in a Compose file')
end
if can.completionProvider then
  vim.api.nvim_buf_set_lines(compose, 3, 3, false, { '    restar' })
  check(ask(compose, 'textDocument/completion', 4, 10):find('"restart"', 1, true) ~= nil, 'completion in a Compose file')
  vim.cmd('silent! undo')
  dockerfile = open('Dockerfile')
  vim.api.nvim_buf_set_lines(dockerfile, -1, -1, false, { 'HEALTH' })
  check(ask(dockerfile, 'textDocument/completion', 5, 6):find('HEALTHCHECK', 1, true) ~= nil, 'completion in a Dockerfile')
end

-- Paths, as they are inserted.
local function inserted(buffer, line, column, text)
  return ask(buffer, 'textDocument/completion', line, column):find('newText = "' .. text .. '"', 1, true) ~= nil
end
local paths = open('paths.Dockerfile')
check(inserted(paths, 2, 7, 'sources/'), 'the folder that COPY names is completed')
check(inserted(paths, 3, 13, 'sources/main.rs'), 'the file that COPY names is completed')
paths = open('compose.paths.yaml')
check(inserted(paths, 4, 16, 'sources/'), 'a build context is completed')
check(inserted(paths, 5, 16, 'web.env'), 'an env_file is completed')

-- A fault of the configuration is shown in its file.
local function write(text)
  local file = assert(io.open(root .. '/dlint.toml', 'w'))
  file:write(text)
  file:close()
end
local before = assert(io.open(root .. '/dlint.toml')):read('a')
write('selekt = []\n')
vim.cmd('edit ' .. vim.fn.fnameescape(root .. '/dlint.toml'))
local config = vim.api.nvim_get_current_buf()
vim.lsp.get_clients({ name = 'dlint' })[1]:notify('workspace/didChangeWatchedFiles', { changes = {} })
vim.wait(10000, function() return #vim.diagnostic.get(config) > 0 end, 20)
local fault = vim.diagnostic.get(config)[1]
check(fault ~= nil and fault.lnum == 0 and fault.message:find('selekt', 1, true) ~= nil, 'a fault of dlint.toml is shown in it')
write(before)
vim.lsp.get_clients({ name = 'dlint' })[1]:notify('workspace/didChangeWatchedFiles', { changes = {} })
vim.wait(10000, function() return #vim.diagnostic.get(config) == 0 end, 20)
check(#vim.diagnostic.get(config) == 0, 'and goes when it is mended')

-- Settings: the server asks for them.
local quiet = open('quiet.Dockerfile')
vim.wait(10000, function() return codes(quiet)['floating-tag'] ~= nil end, 20)
check(codes(quiet)['floating-tag'] ~= nil, 'a finding is there before the settings say otherwise')
client.settings = { dlint = { configuration = { ignore = { 'floating-tag' } }, features = { codeLens = true } } }
client:notify('workspace/didChangeConfiguration', { settings = vim.NIL })
vim.wait(10000, function() return codes(quiet)['floating-tag'] == nil end, 20)
check(codes(quiet)['floating-tag'] == nil and codes(quiet)['root-user'] ~= nil, 'what the settings put upon dlint.toml holds')
local lenses = vim.lsp.buf_request_sync(quiet, 'textDocument/codeLens', { textDocument = vim.lsp.util.make_text_document_params(quiet) }, 10000)
check(vim.inspect(lenses):find('1 finding', 1, true) ~= nil, 'a line above a stage says how much was found in it')

local other = open('values.yaml')
vim.wait(300)
check(#vim.lsp.get_clients({ bufnr = other, name = 'dlint' }) == 0, 'other YAML is left alone')

client:stop()
vim.cmd('qall!')
