;; error: handler
(import (scheme base))
(with-exception-handler (lambda (e) 'ignored) (lambda () (raise 'oops)))
