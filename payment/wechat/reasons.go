package wechat

import (
	"errors"
	"net/http"
	"strings"

	"frontdesk/payment"
)

// reasonUse says which column of the table applies: the same code can mean one
// thing to a payer and another to a refund.
type reasonUse int

const (
	usePay    reasonUse = iota // pay, native and query; hold and its query
	useRefund                  // refund, reverse and close
	useStep                    // capture and release
)

// meaning is one row of the table.
type meaning struct {
	pay    payment.Reason // told to the cashier about a payment
	refund payment.Reason // told about a refund or cancel; empty for the same
	step   payment.Reason // told about a capture or release; empty for the refund's

	// open says that the money may have moved or will yet: only a query tells.
	open bool
}

// meanings are the codes of v3 and of v2, which are the same words with and
// without underscores; normalCode drops them. Sources: the tables of v2 for
// micropay, reverse and refund, and of v3 for close and refund. The table of
// v3's codepay was not to be had, so a code that is missing here leaves a
// payment open.
var meanings = map[string]meaning{
	// what the payer can mend
	"AUTHCODEEXPIRE":      {pay: payment.ReasonCodeInvalid},
	"AUTHCODEEXPIRED":     {pay: payment.ReasonCodeInvalid},
	"AUTHCODEERROR":       {pay: payment.ReasonCodeInvalid},
	"AUTHCODEINVALID":     {pay: payment.ReasonCodeInvalid},
	"NOTENOUGH":           {pay: payment.ReasonBalance, refund: payment.ReasonMerchantFunds},
	"NOTSUPORTCARD":       {pay: payment.ReasonPayerCannot}, // so in the documents
	"NOTSUPPORTCARD":      {pay: payment.ReasonPayerCannot},
	"ACCOUNTERROR":        {pay: payment.ReasonPayerCannot, refund: payment.ReasonNoRefund},
	"USERACCOUNTABNORMAL": {pay: payment.ReasonPayerCannot, refund: payment.ReasonNoRefund},
	"TRADEERROR":          {pay: payment.ReasonPhone, refund: payment.ReasonNoRefund, step: payment.ReasonOther},

	// the order
	"BUYERMISMATCH":        {pay: payment.ReasonOrderUsed, refund: payment.ReasonRequest},
	"OUTTRADENOUSED":       {pay: payment.ReasonOrderUsed, refund: payment.ReasonRequest},
	"ORDERCLOSED":          {pay: payment.ReasonOrderClosed, refund: payment.ReasonNoRefund, step: payment.ReasonHoldClosed},
	"ORDERREVERSED":        {pay: payment.ReasonOrderClosed, refund: payment.ReasonNoRefund, step: payment.ReasonHoldClosed},
	"TRADESTATEERROR":      {pay: payment.ReasonOrderClosed, refund: payment.ReasonNoRefund, step: payment.ReasonHoldClosed},
	"ORDERNOTEXIST":        {pay: payment.ReasonOther, refund: payment.ReasonNoRefund, step: payment.ReasonHoldMissing},
	"ORDERNOTEXISTS":       {pay: payment.ReasonOther, refund: payment.ReasonNoRefund, step: payment.ReasonHoldMissing},
	"RESOURCENOTEXISTS":    {pay: payment.ReasonOther, refund: payment.ReasonNoRefund, step: payment.ReasonHoldMissing},
	"REFUNDNOTEXIST":       {pay: payment.ReasonOther, refund: payment.ReasonNoRefund},
	"INVALIDTRANSACTIONID": {pay: payment.ReasonRequest, step: payment.ReasonHoldMissing},
	"ORDERPAID":            {pay: payment.ReasonOrderUsed, refund: payment.ReasonNoRefund, open: true}, // by an earlier request that got lost
	"TRADEOVERDUE":         {pay: payment.ReasonTooOld},
	"REVERSEEXPIRE":        {pay: payment.ReasonTooOld},
	"REFUNDFEEMISMATCH":    {pay: payment.ReasonRequest},
	"ERROR":                {pay: payment.ReasonOther, refund: payment.ReasonNoRefund},

	// the request
	"PARAMERROR":        {pay: payment.ReasonRequest},
	"INVALIDREQUEST":    {pay: payment.ReasonRequest, refund: payment.ReasonNoRefund, step: payment.ReasonRequest},
	"LACKPARAMS":        {pay: payment.ReasonRequest},
	"NOTUTF8":           {pay: payment.ReasonRequest},
	"XMLFORMATERROR":    {pay: payment.ReasonRequest},
	"REQUIREPOSTMETHOD": {pay: payment.ReasonRequest},
	"POSTDATAEMPTY":     {pay: payment.ReasonRequest},

	// limits, contract and account
	"RULELIMIT":          {pay: payment.ReasonMerchantLimit, refund: payment.ReasonNoRefund, step: payment.ReasonMerchantLimit},
	"NOAUTH":             {pay: payment.ReasonMerchantSetup},
	"SIGNERROR":          {pay: payment.ReasonMerchantSetup},
	"CERTERROR":          {pay: payment.ReasonMerchantSetup},
	"MCHNOTEXISTS":       {pay: payment.ReasonMerchantSetup},
	"MCHIDNOTEXIST":      {pay: payment.ReasonMerchantSetup},
	"APPIDNOTEXIST":      {pay: payment.ReasonMerchantSetup},
	"APPIDMCHIDNOTMATCH": {pay: payment.ReasonMerchantSetup},

	// open: the same request again, or a query
	"USERPAYING":        {open: true},
	"SYSTEMERROR":       {open: true},
	"BANKERROR":         {open: true},
	"BIZERRNEEDRETRY":   {open: true},
	"SETTLING":          {open: true}, // a capture was taken and is on its way
	"ORDERNOTREADY":     {pay: payment.ReasonBusy, open: true},
	"FREQUENCYLIMITED":  {pay: payment.ReasonBusy, open: true},
	"RATELIMITEXCEEDED": {pay: payment.ReasonBusy, open: true},
	"INVALIDREQTOOMUCH": {pay: payment.ReasonBusy, open: true},
}

func normalCode(code text) string {
	return strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(string(code))), "_", "")
}

// reasonOfCode puts a code into the till's own terms. known is false for a code
// that is not in the table; its reason is then ReasonOther.
func reasonOfCode(code text, use reasonUse) (reason payment.Reason, open, known bool) {
	m, known := meanings[normalCode(code)]
	if !known {
		return payment.ReasonOther, false, false
	}
	reason = m.pay
	if use != usePay && m.refund != "" {
		reason = m.refund
	}
	if use == useStep && m.step != "" {
		reason = m.step
	}
	return reason, m.open, true
}

// reasonOf is what a reply of v3 tells a person.
func reasonOf(r reply, use reasonUse) payment.Reason {
	return explain(r.err, r.answer.Code, r.status >= http.StatusBadRequest, r.verdict() == refused, use)
}

// explain puts an answer into the till's own terms. It is ReasonNone where the
// answer is no refusal or leaves open what happened, except for what concerns
// the manager. Of a refusal that is not signed only that is told: a sentence for
// the cashier would be a promise about money.
func explain(err error, code text, refusal, definite bool, use reasonUse) payment.Reason {
	switch {
	case errors.Is(err, errSignature), errors.Is(err, errStale), errors.Is(err, errUnsigned) && !refusal:
		return payment.ReasonWrongKeys
	case err != nil && !errors.Is(err, errUnsigned), code == "":
		return payment.ReasonNone
	}
	reason, _, _ := reasonOfCode(code, use)
	if reason == payment.ReasonMerchantSetup || reason == payment.ReasonBusy || definite {
		return reason
	}
	return payment.ReasonNone
}
