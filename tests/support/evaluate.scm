;; Runs a program by `eval`: reads all its forms as data, then evaluates one after another in the environment of the REPL. The value is
;; that of the last one.
(import (scheme base) (scheme eval) (scheme file) (scheme process-context) (scheme read) (scheme repl))

(define (read-all port)
  (let loop ((forms '()))
    (let ((form (read port)))
      (if (eof-object? form)
          (reverse forms)
          (loop (cons form forms))))))

(define forms (call-with-input-file (cadr (command-line)) read-all))

(let loop ((forms forms))
  (cond ((null? forms) #f)
        ((null? (cdr forms)) (eval (car forms) (interaction-environment)))
        (else
         (eval (car forms) (interaction-environment))
         (loop (cdr forms)))))
