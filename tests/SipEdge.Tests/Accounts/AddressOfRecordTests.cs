using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.SipEdge.Tests.Accounts;

public sealed class AddressOfRecordTests
{
    [Theory]
    [InlineData("sip:alice@Example.NET", "sip:alice@example.net")]
    [InlineData("sip:Alice@example.net;transport=tcp?subject=x", "sip:Alice@example.net")]
    [InlineData("SIP:%61lice@example.net:5060", "sip:alice@example.net")]
    [InlineData("sips:alice@example.net:5061", "sip:alice@example.net")]
    [InlineData("sip:alice@example.net:5070", "sip:alice@example.net:5070")]
    [InlineData("sip:alice:secret@[2001:DB8::1]", "sip:alice@[2001:db8::1]")]
    [InlineData("tel:+1-555-0100", "tel:+15550100")]
    public void TryParse_EqualAddresses_HaveOneNormalForm(string text, string expected)
    {
        AddressOfRecord.TryParse(text, out var aor).ShouldBeTrue();
        aor.ShouldBe(expected);
    }

    [Theory]
    [InlineData("sip:example.net")]
    [InlineData("mailto:alice@example.net")]
    [InlineData("alice")]
    [InlineData("")]
    public void TryParse_WhatNamesNoUser_IsRefused(string text) => AddressOfRecord.TryParse(text, out _).ShouldBeFalse();
}
