;; The port procedures that take procedures, and the current ports as parameters.

(define-library (kestrel port)
  (import (kestrel syntax) (kestrel primitives) (kestrel control))
  (export current-input-port current-output-port current-error-port
          call-with-input-file call-with-output-file with-input-from-file with-output-to-file
          call-with-output-string)
  (begin
    (define (check wanted? name)
      (lambda (port)
        (if (wanted? port) port (%wrong-type 'parameterize 2 port name))))
    (define current-input-port (%port-parameter (%port-cell 0) (check input-port? "input port")))
    (define current-output-port (%port-parameter (%port-cell 1) (check output-port? "output port")))
    (define current-error-port (%port-parameter (%port-cell 2) (check output-port? "output port")))

    (define (call-with-input-file name receiver) (call-with-port (open-input-file name) receiver))
    (define (call-with-output-file name receiver) (call-with-port (open-output-file name) receiver))
    (define (with-input-from-file name thunk)
      (let ((port (open-input-file name)))
        (call-with-port port
          (lambda (port) (%parameterize (list (cons current-input-port port)) thunk)))))
    (define (with-output-to-file name thunk)
      (let ((port (open-output-file name)))
        (call-with-port port
          (lambda (port) (%parameterize (list (cons current-output-port port)) thunk)))))
    (define (call-with-output-string receiver)
      (let ((port (open-output-string)))
        (receiver port)
        (get-output-string port)))))
