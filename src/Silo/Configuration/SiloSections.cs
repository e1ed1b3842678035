using Microsoft.Extensions.Options;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Protocols.Cpim;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.ResourceLists;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.Silo.Data;
using PosteRestante.Silo.Hosting;
using PosteRestante.Silo.Listeners;
using PosteRestante.Silo.Shutdown;
using PosteRestante.Silo.Tls;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Publication;
using PosteRestante.SipEdge.Push;
using PosteRestante.SipEdge.Registration;
using PosteRestante.SipEdge.Retrieval;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.Storage.Hosting;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Silo.Configuration;

/// <summary>Every section that the service reads; <c>docs/configuration.md</c> describes each key, held by a test.</summary>
public static class SiloSections
{
    /// <summary>The sections.</summary>
    public static SectionRegistry All { get; } = new SectionRegistry()
        .Add<DataOptions, DataOptionsValidator>(DataOptions.SectionName)
        .Add<ListenerOptions, ListenerOptionsValidator>(ListenerOptions.SectionName)
        .Add<TlsOptions, TlsOptionsValidator>(TlsOptions.SectionName)
        .Add<ShutdownOptions, ShutdownOptionsValidator>(ShutdownOptions.SectionName)
        .Add<ServiceOptions, ServiceOptionsValidator>(ServiceOptions.SectionName)
        .Add<AccountOptions, AccountOptionsValidator>(AccountOptions.SectionName)
        .Add<IdentityOptions, IdentityOptionsValidator>(IdentityOptions.SectionName)
        .Add<DepositOptions, DepositOptionsValidator>(DepositOptions.SectionName)
        .Add<RetrievalOptions, RetrievalOptionsValidator>(RetrievalOptions.SectionName)
        .Add<DeliveryOptions, DeliveryOptionsValidator>(DeliveryOptions.SectionName)
        .Add<RegistrarOptions, RegistrarOptionsValidator>(RegistrarOptions.SectionName)
        .Add<SessionTimerOptions, SessionTimerOptionsValidator>(SessionTimerOptions.SectionName)
        .Add<RoutingOptions, RoutingOptionsValidator>(RoutingOptions.SectionName)
        .Add<PublicationOptions, PublicationOptionsValidator>(PublicationOptions.SectionName)
        .Add<PushOptions, PushOptionsValidator>(PushOptions.SectionName)
        .AddArea<SqliteStoreOptions>(SqliteStoreOptions.SectionName, services => services.AddSqliteRecords().AddFileBodies())
        .Add<MailboxOptions>(MailboxOptions.SectionName)
        .AddGrainRuntimeSections()
        .Add<LoopOptions>(LoopOptions.SectionName)
        .Add<SipTransportOptions>(SipTransportOptions.SectionName)
        .Add<SipParserOptions>(SipParserOptions.SectionName)
        .Add<SipTransactionOptions>(SipTransactionOptions.SectionName)
        .Add<SipTimers>(SipTimers.SectionName)
        .Add<SipDialogOptions>(SipDialogOptions.SectionName)
        .Add<QueueAgeOptions>(QueueAgeOptions.SectionName)
        .Add<DigestOptions>(DigestOptions.SectionName)
        .Add<MsrpOptions>(MsrpOptions.SectionName)
        .Add<SdpOptions>(SdpOptions.SectionName)
        .Add<MimeOptions>(MimeOptions.SectionName)
        .Add<ResourceListOptions>(ResourceListOptions.SectionName)
        .Add<CpimOptions>(CpimOptions.SectionName)
        .AddRule(services => services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryLimits>())
        .AddRule(services => services.ConfigureOptions<LoopbackDeposits>())
        .AddRule(services => services.ConfigureOptions<AdvertisedNames>());
}
