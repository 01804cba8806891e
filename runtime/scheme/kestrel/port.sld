;; The port procedures that take procedures, and the current ports as parameters.

(define-library (kestrel port)
  (import (kestrel syntax) (kestrel primitives) (kestrel check) (kestrel control))
  (export current-input-port current-output-port current-error-port
          call-with-input-file call-with-output-file with-input-from-file with-output-to-file
          call-with-output-string)
  (begin
    (define (converter wanted? name)
      (lambda (port)
        (if (wanted? port) port (%wrong-type 'parameterize 2 port name))))
    (define current-input-port (%make-parameter (%port-cell 0) (converter input-port? "input port")))
    (define current-output-port (%make-parameter (%port-cell 1) (converter output-port? "output port")))
    (define current-error-port (%make-parameter (%port-cell 2) (converter output-port? "output port")))

    ;; (define-with-file (name opener) (port procedure) body): opens a file, and closes its port when the body has returned.
    (define-syntax define-with-file
      (syntax-rules ()
        ((_ (who open) (port procedure) body)
         (define (who name procedure)
           (check string? 'who 1 name "string")
           (check-procedure 'who 2 procedure)
           (call-with-port (open name) (lambda (port) body))))))
    (define-with-file (call-with-input-file open-input-file) (port receiver) (receiver port))
    (define-with-file (call-with-output-file open-output-file) (port receiver) (receiver port))
    (define-with-file (with-input-from-file open-input-file) (port thunk)
      (%parameterize (list (cons current-input-port port)) thunk))
    (define-with-file (with-output-to-file open-output-file) (port thunk)
      (%parameterize (list (cons current-output-port port)) thunk))
    (define (call-with-output-string receiver)
      (check-procedure 'call-with-output-string 1 receiver)
      (let ((port (open-output-string)))
        (receiver port)
        (get-output-string port)))))
